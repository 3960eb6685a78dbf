let memory = Buffer.alloc(0);

/**
 * Memory for what is used before anybody else asks for some: what decoders give is good until the next piece is decoded, of
 * whatever part.
 */
export function scratch(bytes: number): Buffer {
  if (memory.byteLength < bytes) memory = Buffer.allocUnsafeSlow(bytes);
  return memory;
}
