import { describe, expect, it } from 'vitest';
import { readAddress } from './address';

describe('an address, before it is opened', () => {
  it('shows its host apart from the rest', () => {
    expect(readAddress('https://example.org/a?b#c')).toEqual({
      before: 'https://',
      host: 'example.org',
      after: '/a?b#c',
      local: false,
    });
  });

  it('shows the true host of one that begins with another', () => {
    expect(readAddress('https://bank.example@evil.example/')).toMatchObject({
      before: 'https://bank.example@',
      host: 'evil.example',
    });
  });

  it('shows look-alike letters as they are really asked for', () => {
    expect(readAddress('https://аpple.com/')?.host).toBe('xn--pple-43d.com');
  });

  it.each([
    'http://localhost:8080/',
    'http://127.0.0.1/x',
    'http://192.168.1.1/',
    'http://10.1.2.3/',
    'http://172.20.0.1/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://printer.local/',
    'http://0x7f.1/',
  ])('says that %s is on the own network', (url) => {
    expect(readAddress(url)?.local).toBe(true);
  });

  it.each(['https://example.org/', 'http://172.32.0.1/', 'https://127.example.org/', 'mailto:a@b.c'])(
    'says nothing of that for %s',
    (url) => {
      expect(readAddress(url)?.local).toBe(false);
    },
  );

  it('is none when it is no address', () => {
    expect(readAddress('not an address')).toBeNull();
  });
});
