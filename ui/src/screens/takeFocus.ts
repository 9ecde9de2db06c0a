/** A new screen begins at its heading: for those who hear it, and for the Tab key. */
export function takeFocus(heading: HTMLElement): void {
  heading.focus();
}
