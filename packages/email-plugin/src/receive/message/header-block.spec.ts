import { describe, expect, test } from '@jest/globals';
import { HeaderBlock } from './header-block.js';
import { fieldOf, type HeaderFields } from './mime-header.js';

function read(lines: Iterable<string>): HeaderFields {
  const block = new HeaderBlock();
  for (const line of lines) block.add(`${line}\r\n`, true);
  return block.end();
}

function* repeated(line: string, times: number): Generator<string> {
  for (let left = times; left > 0; left -= 1) yield line;
}

const size = (fields: HeaderFields): number => fields.join('').length;

describe('a header', () => {
  test('is read field by field, folded ones as one line, and what is none as it is', () => {
    expect(read(['Subject: a', '\tb', ' c', 'no field', 'X-One:1', '', 'To : x@y.example'])).toEqual([
      ['subject', 'a b c'],
      ['', 'no field'],
      ['x-one', '1'],
      ['to', 'x@y.example'],
    ]);
  });

  test('of 50 MB takes no more room than one of a few hundred KB, and its last field is found', () => {
    const fields = read([...repeated(`Received: ${'x'.repeat(1000)}`, 50_000), 'Subject: at last']);
    expect(size(fields)).toBeLessThan(100_000);
    expect(fieldOf(fields, 'subject')).toBe('at last');
  });

  test('is another when the end of a field without end is another, and the same when that is folded elsewhere', () => {
    const people = [...repeated(`${'a'.repeat(30)}@x.example,`, 10_000)];
    const ending = (last: string, separator = ' ') => read([`To: ${[...people, last].join(separator)}`, 'Subject: x']);
    expect(size(ending('z@x.example'))).toBeLessThan(100_000);
    expect(ending('z@x.example')[0]?.[2]).not.toBe(ending('y@x.example')[0]?.[2]);
    expect(ending('z@x.example', '\r\n\t ')[0]?.[2]).toBe(ending('z@x.example')[0]?.[2]);
    expect(fieldOf(ending('z@x.example'), 'subject')).toBe('x');
  });

  test('with fields without end is another when one of the last is another', () => {
    const ending = (last: string) => read([...repeated(`Comment: ${'x'.repeat(1000)}`, 5000), `Comment: ${last}`]);
    expect(size(ending('a'))).toBeLessThan(600_000);
    expect(ending('a').at(-1)).not.toEqual(ending('b').at(-1));
  });
});
