import { createHash, hash, type Hash } from 'node:crypto';

/** Characters that are collected before they are hashed. */
const TOGETHER = 64 * 1024;

/**
 * SHA-256 of a text in UTF-8, given in pieces. A short one is hashed at once: an object of OpenSSL’s takes longer to make, and
 * to collect, than a short text to hash.
 */
export class TextHash {
  private text = '';
  private begun: Hash | undefined;

  update(text: string): void {
    this.text += text;
    if (this.text.length <= TOGETHER) return;
    this.begun = (this.begun ?? createHash('sha256')).update(this.text);
    this.text = '';
  }

  /** In hex. */
  digest(): string {
    return this.begun ? this.begun.update(this.text).digest('hex') : hash('sha256', this.text);
  }
}
