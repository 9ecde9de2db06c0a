import { describe, expect, it } from 'vitest';
import { readPorts, redirectAddresses } from './redirectPorts';

describe('redirect ports', () => {
  it.each([
    ['17493, 21907', [17493, 21907]],
    [' 8080 ', [8080]],
    ['8080;9090', [8080, 9090]],
    ['', null],
    ['80', null],
    ['70000', null],
    ['8080, 8080', null],
    ['eighty', null],
  ])('%j are %j', (text, ports) => {
    expect(readPorts(text)).toEqual(ports);
  });

  it('are in what is to be registered, unless any will do', () => {
    expect(redirectAddresses('My House', [8080])).toEqual(['http://127.0.0.1:8080/redirect/my-house']);
    expect(redirectAddresses('My House', null)).toEqual(['http://127.0.0.1/redirect/my-house']);
  });
});
