type Parts = typeof import('./parts');

/** The parts of the page that no start shows, so that what it does show is not kept waiting for them. */
class Later {
  /** Null until they have been read. */
  parts = $state.raw<Parts | null>(null);

  async read(): Promise<void> {
    this.parts = await import('./parts');
  }
}

/** The page has one. */
export const later = new Later();
