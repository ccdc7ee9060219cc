// Files and links that are dropped on the page, or pasted where nothing is typed.

export interface DropListener {
  /** Whether anything could be done with it. */
  mayDrop(): boolean;
  /** Something is held over the page, or no more. */
  onHover(hovering: boolean): void;
  onFiles(files: File[]): void;
  onText(text: string): void;
}

const TEXTS = ["text/uri-list", "text/plain"];

export class Dropping {
  #area: EventTarget | null = null;
  #depth = 0; // each element under the pointer is entered and left on its own

  constructor(private readonly listener: DropListener) {}

  listen(area: EventTarget): void {
    this.#area = area;
    for (const [name, hear] of this.#hearers) area.addEventListener(name, hear as EventListener);
  }

  stop(): void {
    for (const [name, hear] of this.#hearers) this.#area?.removeEventListener(name, hear as EventListener);
    this.#area = null;
  }

  #onEnter = (drag: DragEvent): void => {
    if (!this.#isForUs(drag)) return;
    this.#depth += 1;
    if (this.#depth === 1) this.listener.onHover(true);
    drag.preventDefault();
  };

  #onOver = (drag: DragEvent): void => {
    const ours = this.#isForUs(drag);
    // A file that is let go of where nothing takes it would replace the page.
    if (!ours && !drag.dataTransfer?.types.includes("Files")) return;
    drag.preventDefault();
    if (drag.dataTransfer) drag.dataTransfer.dropEffect = ours ? "copy" : "none";
  };

  #onLeave = (drag: DragEvent): void => {
    if (!this.#isForUs(drag)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0) this.listener.onHover(false);
  };

  #onDrop = (drag: DragEvent): void => {
    if (!this.#isForUs(drag)) return;
    drag.preventDefault();
    this.#depth = 0;
    this.listener.onHover(false);
    if (drag.dataTransfer) this.#take(drag.dataTransfer);
  };

  #onPaste = (paste: ClipboardEvent): void => {
    const [target] = paste.composedPath();
    const typing = target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
    const files = paste.clipboardData?.files.length ?? 0;
    if (paste.clipboardData === null || (typing && files === 0) || !this.listener.mayDrop()) return;
    this.#take(paste.clipboardData);
    if (files > 0) paste.preventDefault();
  };

  /** Columns and text of our own may be dragged too. */
  #isForUs(drag: DragEvent): boolean {
    const types = drag.dataTransfer?.types ?? [];
    const [target] = drag.composedPath();
    const intoField = target instanceof Element && target.matches("input, textarea") && !types.includes("Files");
    return !intoField && (types.includes("Files") || types.includes("text/uri-list")) && this.listener.mayDrop();
  }

  #take(data: DataTransfer): void {
    const files = [...data.files];
    if (files.length > 0) return this.listener.onFiles(files);
    const text = TEXTS.map((type) => data.getData(type)).find((found) => found !== "") ?? "";
    // Lines of a list of addresses that begin with # are remarks (RFC 2483).
    this.listener.onText(text.replace(/^#.*$/gm, "").trim());
  }

  readonly #hearers = [
    ["dragenter", this.#onEnter],
    ["dragover", this.#onOver],
    ["dragleave", this.#onLeave],
    ["drop", this.#onDrop],
    ["paste", this.#onPaste],
  ] as const;
}
