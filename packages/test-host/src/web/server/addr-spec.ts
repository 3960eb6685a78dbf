/** Whether it is an addr-spec of the everyday kind (RFC 5321 section 4.1.2 without quoted local parts and address literals). */
export function isAddrSpec(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>()",;:\\[\]]{1,64}@[^\s@<>()",;:\\[\].]+(\.[^\s@<>()",;:\\[\].]+)+$/.test(text);
}
