import { existsSync, readFileSync } from 'node:fs';

/**
 * A package as package-lock.json records it.
 *
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [link] whether it is a package of this workspace
 * @property {string} [resolved]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {Record<string, LockedPackage>} LockedPackages keyed by path, e.g. `node_modules/nx`
 */

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * @param {string} file
 * @returns {{ packages: LockedPackages } | undefined} undefined when the file is not there
 */
export function readLock(file) {
  if (!existsSync(file)) return undefined;
  return /** @type {{ packages: LockedPackages }} */ (JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Whether `installed` (npm's own record of what lies in node_modules) holds what `locked` asks for. Optional packages
 * may be missing: npm leaves out those of other platforms.
 *
 * @param {LockedPackages | undefined} locked
 * @param {LockedPackages | undefined} installed
 */
export function installedAsLocked(locked, installed) {
  if (!locked || !installed) return false;
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

/**
 * The optional packages, mostly binaries of other platforms, that the lock file should name and does not. npm leaves
 * them out when the registry it asked does not serve them; `npm ci` then refuses the lock file.
 *
 * @param {LockedPackages} locked
 * @returns {{ name: string, version: string }[]}
 */
export function unnamedOptionalPackages(locked) {
  const wanted = new Map(Object.values(locked).flatMap((entry) => Object.entries(entry.optionalDependencies ?? {})));
  return [...wanted]
    .filter(([name]) => !Object.keys(locked).some((path) => path.endsWith(`node_modules/${name}`)))
    .map(([name, version]) => ({ name, version }));
}

/**
 * What the lock file says of a package that the registry did not serve, read from its name. Without an integrity hash:
 * a machine of that platform checks the download against the registry's own.
 *
 * @param {{ name: string, version: string }} unnamed with an exact version
 * @returns {LockedPackage & { cpu: string[], os: string[], libc?: string[] }}
 * @throws when the name does not tell the platform
 */
export function platformEntry({ name, version }) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`Cannot tell the platform of ${name}@${version}.`);
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return { version, cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}), optional: true, os: [os] };
}
