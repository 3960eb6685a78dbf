import { describe, expect, test } from '@jest/globals';
import { safeFileName } from './safe-file-name.js';

describe('the name under which a file is saved', () => {
  test.each([
    ['plan.pdf', 'plan.pdf'],
    ['歯 (1).png', '歯 (1).png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\x.exe', 'x.exe'],
    ['a:b|c?.txt', 'abc.txt'],
    ['annexe\u202egpj.exe', 'annexegpj.exe'],
    ['plan.pdf\0.exe', 'plan.pdf.exe'],
    ['.profile', 'profile'],
    ['plan.exe . .', 'plan.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.pdf', '_com1.pdf'],
    ['console.txt', 'console.txt'],
    ['..', 'attachment'],
    ['', 'attachment'],
    [`${'x'.repeat(300)}.docx`, `${'x'.repeat(145)}.docx`],
  ])('of %j is %j', (name, saved) => {
    expect(safeFileName(name, 'attachment')).toBe(saved);
  });
});
