/** Providers whose names are mistyped most; a practice's own domain can't be known. */
const PROVIDERS = ['gmail', 'googlemail', 'hotmail', 'outlook', 'yahoo', 'icloud'];

/** Endings that do not exist (https://data.iana.org/TLD/tlds-alpha-by-domain.txt), each with the one that is meant. */
const ENDINGS: Readonly<Record<string, string>> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  vom: 'com',
  xom: 'com',
  comm: 'com',
  coom: 'com',
  conm: 'com',
  cpm: 'com',
  clm: 'com',
  nte: 'net',
  ent: 'net',
  ner: 'net',
  nett: 'net',
  ogr: 'org',
  rog: 'org',
  orgg: 'org',
  'co.ku': 'co.uk',
  'co.uj': 'co.uk',
  'co.ukk': 'co.uk',
  'cou.k': 'co.uk',
  'com.auu': 'com.au',
};

/** The address that is probably meant; `undefined` when this one is as good as any. */
export function likelyAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const meant = withRealProvider(withRealEnding(domain));
  return meant === domain ? undefined : `${address.slice(0, at)}@${meant}`;
}

function withRealEnding(domain: string): string {
  const found = Object.keys(ENDINGS).find((ending) => domain.endsWith(`.${ending}`));
  return found === undefined ? domain : `${domain.slice(0, -found.length)}${ENDINGS[found] ?? ''}`;
}

/** `gmial.com` → `gmail.com`: one slip away, the first letter right, no own name of its own before it. */
function withRealProvider(domain: string): string {
  const [name = '', ...ending] = domain.split('.');
  if (PROVIDERS.includes(name)) return domain;
  const meant = PROVIDERS.find((provider) => provider[0] === name[0] && isOneSlip(name, provider));
  return meant === undefined || ending.length === 0 ? domain : [meant, ...ending].join('.');
}

/** One letter too many, too few, wrong or changed with its neighbour (Damerau 1964). */
function isOneSlip(typed: string, meant: string): boolean {
  const start = commonStart(typed, meant);
  const rest = [typed.slice(start), meant.slice(start)] as const;
  const [left, right] = rest;
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
