/**
 * The heights of many rows that lie one below the other, in CSS pixels. Where a row begins, which row
 * is at a height, and a change of one of them each take a time that hardly grows with their number
 * (a Fenwick tree).
 */
export class Heights {
  #heights: number[] = [];
  #sums: number[] = [0];

  get count(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.top(this.count);
  }

  at(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Where a row begins. */
  top(index: number): number {
    let sum = 0;
    for (let node = Math.min(index, this.count); node > 0; node -= node & -node) sum += this.#sums[node] ?? 0;
    return sum;
  }

  /** The row at a height: the last that begins at or above it. */
  indexAt(height: number): number {
    let node = 0;
    let left = height;
    let step = 1;
    while (step * 2 <= this.count) step *= 2;
    for (; step > 0; step = Math.floor(step / 2)) {
      const sum = this.#sums[node + step];
      if (node + step <= this.count && sum !== undefined && sum <= left) {
        node += step;
        left -= sum;
      }
    }
    return Math.min(node, Math.max(this.count - 1, 0));
  }

  /** Says whether that changes anything. */
  set(index: number, height: number): boolean {
    const change = height - this.at(index);
    if (index >= this.count || Math.abs(change) < 0.01) return false;
    this.#heights[index] = height;
    for (let node = index + 1; node <= this.count; node += node & -node) {
      this.#sums[node] = (this.#sums[node] ?? 0) + change;
    }
    return true;
  }

  /** Adds a row at the end. */
  push(height: number): void {
    this.#heights.push(height);
    const node = this.count;
    let sum = height;
    for (let below = node - 1; below > node - (node & -node); below -= below & -below) {
      sum += this.#sums[below] ?? 0;
    }
    this.#sums[node] = sum;
  }

  /** Drops the rows from this one on. */
  truncate(count: number): void {
    if (count >= this.count) return;
    this.#heights.length = count;
    this.#sums.length = count + 1;
  }
}
