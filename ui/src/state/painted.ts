/** A window that is not in sight draws no frames. */
const UNSEEN = 250;

/** Ends once what stands on the page has been drawn; after 250 ms at the latest. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, UNSEEN);
  });
}
