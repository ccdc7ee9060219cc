// Short messages that pass by.

export interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
}

const SECONDS = { good: 5, bad: 12 };
const MOST = 4;

export class Toasts {
  shown: Toast[] = [];
  #next = 1;

  constructor(private readonly onChange: () => void) {}

  show(tone: Toast["tone"], text: string): void {
    if (this.shown.some((toast) => toast.text === text)) return;
    const id = this.#next++;
    this.shown = [...this.shown, { id, tone, text }].slice(-MOST);
    setTimeout(() => this.dismiss(id), SECONDS[tone] * 1000);
    this.onChange();
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
    this.onChange();
  }
}
