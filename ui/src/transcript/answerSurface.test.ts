import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PatchOp } from '../ipc/generated/contract';
import { DomAnswerSurface } from './answerSurface';

let frames: FrameRequestCallback[];
const nextFrame = (): void => {
  for (const frame of frames.splice(0)) frame(0);
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.splice(id - 1, 1));
});

describe('the surface of an answer', () => {
  it('draws everything that came since the last frame in one frame', () => {
    const surface = new DomAnswerSurface();
    surface.apply([{ op: 'append', html: '<p>a</p>' }]);
    surface.apply([{ op: 'text', depth: 1, text: 'b' }]);
    surface.apply([{ op: 'text', depth: 1, text: 'c' }]);
    expect(frames).toHaveLength(1);
    expect(surface.element.textContent).toBe('');
    nextFrame();
    expect(surface.element.textContent).toBe('abc');
    surface.apply([{ op: 'text', depth: 1, text: 'd' }]);
    expect(frames).toHaveLength(1);
  });

  it('settles at once and drops what was still queued', () => {
    const surface = new DomAnswerSurface();
    surface.apply([{ op: 'append', html: '<p>half</p>' }]);
    surface.settle(['<p>whole</p>']);
    expect(surface.element.textContent).toBe('whole');
    nextFrame();
    expect(surface.element.textContent).toBe('whole');
  });

  it('is empty when the provider begins anew', () => {
    const surface = new DomAnswerSurface();
    surface.settle(['<p>old</p>']);
    surface.apply([{ op: 'text', depth: 1, text: ' and queued' }]);
    surface.clear();
    nextFrame();
    expect(surface.element.childNodes).toHaveLength(0);
  });
});

describe('what is told of an answer', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is each block once, when it has been finished for a moment, and never a part of one', () => {
    const surface = new DomAnswerSurface();
    const told: string[] = [];
    surface.hear((words) => told.push(words));
    const arrive = (...ops: PatchOp[]): void => {
      surface.apply(ops);
      nextFrame();
      vi.advanceTimersByTime(500);
    };
    arrive({ op: 'append', html: '<p>one</p>' });
    for (const text of [' two', ' three', '.']) arrive({ op: 'text', depth: 1, text });
    expect(told).toEqual([]);
    arrive({ op: 'append', html: '<ul><li>a</li></ul>' });
    arrive({ op: 'grow', depth: 1, keep: 1, html: '<li>b</li>' });
    expect(told).toEqual(['one two three.']);
    surface.settle(['<p>one two three.</p>', '<ul><li>a</li><li>b</li></ul>', '<p>end</p>']);
    vi.advanceTimersByTime(5000);
    expect(told).toEqual(['one two three.', 'a b', 'end']);
  });

  it('is nothing that the next line takes back', () => {
    const surface = new DomAnswerSurface();
    const told: string[] = [];
    surface.hear((words) => told.push(words));
    surface.apply([
      { op: 'append', html: '<p>a</p>' },
      { op: 'append', html: '<p>-</p>' },
    ]);
    nextFrame();
    surface.apply([
      { op: 'truncate', from: 1 },
      { op: 'grow', depth: 0, keep: 0, html: '<h2>a</h2>' },
    ]);
    nextFrame();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([]);
  });

  it('is not what stood there before one began to listen', () => {
    const surface = new DomAnswerSurface();
    surface.apply(['a', 'b', 'c'].map((words) => ({ op: 'append', html: `<p>${words}</p>` })));
    const told: string[] = [];
    surface.hear((words) => told.push(words));
    surface.settle(['<p>a</p>', '<p>b</p>', '<p>c</p>', '<p>d</p>']);
    expect(told).toEqual(['c', 'd']);
  });
});
