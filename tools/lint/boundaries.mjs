import { posix } from 'node:path';

/**
 * Who may import what. A path is relative to the root, with slashes; a target is such a path for a relative import,
 * else the specifier as written. Static and dynamic imports, re-exports and `import('…')` types are all held to it,
 * which ESLint's own `no-restricted-imports` does not do.
 *
 * @typedef {object} Boundary
 * @property {RegExp} from files that the boundary binds
 * @property {RegExp} [except] files that it does not bind after all
 * @property {RegExp} to targets that those files may not import
 * @property {RegExp} [unless] targets that they may import after all
 * @property {RegExp} [typesOf] targets whose types they may import after all
 * @property {string} because what the reader of the error should know
 */

const TEST_FILE = /\.(spec|test|python|dovecot|e2e)\.tsx?$|\/(test|python|dovecot|e2e|bench)\//;
const ANY_PACKAGE = /^(?!packages\/|tools\/)/;

/** @type {readonly Boundary[]} */
const PACKAGES = [
  {
    from: /^packages\/host-contracts\/src\//,
    except: /\.spec\.ts$|\/src\/conformance\//,
    to: ANY_PACKAGE,
    because: 'host-contracts imports nothing: every host must be able to take it as it is',
  },
  {
    from: /^packages\/host-contracts\/src\/conformance\//,
    to: ANY_PACKAGE,
    unless: /^node:/,
    because: 'the conformance suite takes its test runner from the host that runs it',
  },
  {
    from: /^packages\/email-plugin\//,
    to: /^@exact\/test-host(\/|$)/,
    because: 'the plugin knows no host',
  },
  {
    from: /^packages\/test-host\/src\//,
    to: /^@exact\/email-plugin(\/|$)/,
    because: 'the plugin is handed to the test host by bin/ and by tests',
  },
  {
    from: /^packages\//,
    to: /^@exact\/[^/]+\/(dist|src)\//,
    because: 'what a package does not export is its own affair',
  },
  {
    from: /^packages\//,
    except: TEST_FILE,
    to: /\.(spec|test)\.js$|^packages\/[^/]+\/(test|python|dovecot|e2e|bench)\//,
    because: 'the product does not depend on its tests',
  },
];

/** @type {readonly Boundary[]} */
const FOLDERS = [
  {
    from: /^packages\/test-host\/src\/microsoft365\//,
    to: /^packages\/test-host\/src\/(host|stores|web)\//,
    because: 'the own Microsoft 365 knows the host as little as the real one does',
  },
  {
    from: /^packages\/test-host\/src\/(host|stores|web)\//,
    except: TEST_FILE,
    to: /^packages\/test-host\/src\/microsoft365\//,
    unless: /\/microsoft365\/microsoft365\.js$/,
    because: 'the own Microsoft 365 is entered through microsoft365/microsoft365.js',
  },
  {
    from: /^packages\/test-host\/src\/web\/page\//,
    to: /^(packages\/|node:)/,
    unless: /^packages\/test-host\/src\/web\/(page|api)\//,
    because: 'the page runs in a browser and shares only web/api with the server',
  },
  {
    from: /^packages\/test-host\/src\/web\/api\//,
    to: /^(packages\/|node:)/,
    unless: /^packages\/test-host\/src\/web\/api\//,
    typesOf: /^packages\/test-host\/src\/host\/host\.js$/,
    because: 'what server and page share runs in both',
  },
  {
    from: /^packages\/email-plugin\/src\/browser\//,
    to: /^node:/,
    because: 'the browser module runs in a browser',
  },
];

const EMAIL_PLUGIN_LIBRARIES = [
  'imapflow',
  'nodemailer',
  '@azure/msal-node',
  '@azure/msal-browser',
  'postal-mime',
  'iconv-lite',
];
const TEST_HOST_LIBRARIES = [
  ...EMAIL_PLUGIN_LIBRARIES,
  'oidc-provider',
  'smtp-server',
  'node:sqlite',
  'dompurify',
  'playwright-core',
];

/** @type {readonly Boundary[]} */
const LIBRARIES = [
  ...EMAIL_PLUGIN_LIBRARIES.map((library) => adapterOnly('email-plugin', library)),
  ...TEST_HOST_LIBRARIES.map((library) => adapterOnly('test-host', library)),
];

/**
 * @param {string} packageFolder
 * @param {string} library
 * @returns {Boundary}
 */
function adapterOnly(packageFolder, library) {
  return {
    from: new RegExp(`^packages/${packageFolder}/`),
    except: library === 'playwright-core' ? /\/e2e\/support\/browser\.adapter\.ts$/ : /\.adapter\.tsx?$/,
    to: new RegExp(`^${library}(/|$)`),
    because: `${library} is known only to its adapter file`,
  };
}

/** @type {readonly Boundary[]} */
const BOUNDARIES = [...PACKAGES, ...FOLDERS, ...LIBRARIES];

/**
 * Why a file may not import something; undefined when it may.
 *
 * @param {string} file path relative to the root
 * @param {string} specifier as the import has it
 * @param {boolean} typesOnly whether nothing of it is left at run time
 * @returns {string | undefined}
 */
export function refusal(file, specifier, typesOnly) {
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
  if (specifier.startsWith('.') && packageOf(file) !== packageOf(target)) return 'packages import each other by name';
  return BOUNDARIES.find(
    ({ from, except, to, unless, typesOf }) =>
      from.test(file) &&
      !except?.test(file) &&
      to.test(target) &&
      !unless?.test(target) &&
      !(typesOnly && typesOf?.test(target)),
  )?.because;
}

/** @param {string} path */
function packageOf(path) {
  return /^packages\/[^/]+\//.exec(path)?.[0];
}
