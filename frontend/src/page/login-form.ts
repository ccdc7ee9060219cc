// Who are you? Shown over everything while the relay wants to know. It stands in the document itself and not in a
// component's shadow, where some password managers do not look.

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { reasonOf } from "../data/commands.ts";
import { RequestFailure } from "../data/source.ts";
import { duration } from "../text/format.ts";
import { t } from "../text/language.ts";
import { Part } from "../ui/part.ts";
import { shared } from "../ui/shared.ts";
import { tokens } from "../ui/tokens.ts";
import favicon from "./favicon.svg";
import fieldStyles from "../ui/fields.css?inline";
import styles from "./login-form.css?inline";

@customElement("d2m-login-form")
export class LoginForm extends Part {
  @state() private busy = false;
  @state() private trouble = "";
  @state() private seen = false;
  @query("dialog") private dialog!: HTMLDialogElement | null;
  @query("[name=password]") private password!: HTMLInputElement | null;
  @query("[name=username]") private user!: HTMLInputElement | null;
  #wanted = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { link } = this.model.store;
    if (!this.#shown) return nothing;
    return html`<dialog
      aria-label=${t("login.title")}
      @cancel=${(cancel: Event) => cancel.preventDefault()}
      @close=${() => this.dialog?.showModal()}
      @keydown=${(press: Event) => press.stopPropagation()}
    >
      <div class="card">
        <img src=${favicon} alt="" width="48" height="48" />
        ${link.phase === "login" && !link.form ? this.#elsewhere() : this.#form()}
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    if (this.#shown === this.#wanted) return;
    this.#wanted = this.#shown;
    if (!this.#wanted) [this.trouble, this.busy] = ["", false];
    // Over every dialog that is open, which would else let nothing around it be used.
    this.dialog?.showModal();
    (this.user ?? this.querySelector("button"))?.focus();
  }

  /** Not let go of while a try to log in is under way, which connects by itself. */
  get #shown(): boolean {
    const { store } = this.model;
    return store.link.phase === "login" || (this.#wanted && !store.ready && store.link.phase === "connecting");
  }

  #form(): TemplateResult {
    return html`<form method="post" action="" @submit=${this.#onSubmit}>
      <h1>downloads<b>2</b>mqtt</h1>
      <p class="text">${t("login.text")}</p>
      <label class="field"
        ><span>${t("login.user")}</span
        ><input
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          aria-describedby="login-trouble"
      /></label>
      <label class="field"
        ><span>${t("login.password")}</span
        ><input
          id="current-password"
          name="password"
          type=${this.seen ? "text" : "password"}
          autocomplete="current-password"
          required
          aria-describedby="login-trouble"
      /></label>
      <label class="tick"
        ><input
          type="checkbox"
          .checked=${this.seen}
          @change=${(changed: Event) => (this.seen = (changed.target as HTMLInputElement).checked)}
        />${t("login.show")}</label
      >
      <p id="login-trouble" role="alert" class=${this.trouble ? "sentence" : "unseen"}>${this.trouble}</p>
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${t(this.busy ? "login.under_way" : "login.submit")}
      </button>
    </form>`;
  }

  #elsewhere(): TemplateResult {
    return html`<div class="elsewhere">
      <h1>${t("login.elsewhere")}</h1>
      <p class="text">${t("login.elsewhere_text")}</p>
      <button class="button primary" @click=${() => this.model.source.retry()}>${t("login.retry")}</button>
    </div>`;
  }

  #onSubmit = async (submit: Event): Promise<void> => {
    submit.preventDefault();
    const [user, password] = [this.user?.value ?? "", this.password?.value ?? ""];
    if (this.busy) return;
    [this.busy, this.trouble] = [true, ""];
    try {
      await this.model.source.login?.login(user, password);
      if (this.password !== null) this.password.value = "";
    } catch (failure) {
      this.trouble = sentenceOf(failure);
      this.password?.select();
    }
    this.busy = false;
  };
}

/** Why logging in failed, as a sentence. */
export function sentenceOf(failure: unknown): string {
  if (!(failure instanceof RequestFailure)) throw failure;
  if (failure.code === "unauthorized") return t("login.wrong");
  if (failure.code !== "too_many") return t("login.failed", { reason: reasonOf(failure) });
  const seconds = Number(failure.message);
  return seconds > 0 ? t("login.too_many", { time: duration(seconds) }) : t("login.too_many_some");
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  `${tokens.cssText.replaceAll(":host", "d2m-login-form")}
  d2m-login-form { ${shared.cssText} ${fieldStyles} ${styles} }`,
);
