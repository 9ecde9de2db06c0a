/** A short notice in the corner of the window, gone by itself. */
export interface Toast {
  id: number;
  text: string;
  action: { label: string; run: () => void } | null;
}

/** How long a notice stays, in milliseconds; longer where it offers something. */
const STAY = 4000;
const STAY_WITH_ACTION = 9000;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string, action: Toast['action'] = null): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, text, action }];
    setTimeout(
      () => {
        this.dismiss(id);
      },
      action ? STAY_WITH_ACTION : STAY,
    );
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}
