import { beforeEach, describe, expect, it, vi } from 'vitest';
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
