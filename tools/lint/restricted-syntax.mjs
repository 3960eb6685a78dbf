const NAMED_EXPORTS = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

const TLS_CHECKS = {
  selector: 'Property[key.name="rejectUnauthorized"][value.value=false]',
  message: 'TLS checks are never switched off: hand in the certificate authority.',
};

const TLS_CHECKS_OF_THE_PROCESS = {
  selector: ':matches(Literal[value="NODE_TLS_REJECT_UNAUTHORIZED"], Identifier[name="NODE_TLS_REJECT_UNAUTHORIZED"])',
  message: 'TLS checks are never switched off: hand in the certificate authority.',
};

const FOREIGN_ERRORS = {
  selector: 'BinaryExpression[operator="instanceof"][right.name="Error"]',
  message: 'Use Error.isError: an error of another realm is no instance of this one.',
};

const DOUBLE_CASTS = {
  selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  message: 'A cast by way of unknown hides a wrong type: narrow it or fix the type.',
};

const MODULE_MOCKS = {
  selector: 'CallExpression[callee.object.name="jest"][callee.property.name=/[mM]ock$|^unstable_mockModule$/]',
  message: 'Hand in a fake instead of mocking a module.',
};

/** What `no-restricted-syntax` forbids in the packages. */
export const RESTRICTED_SYNTAX = [
  NAMED_EXPORTS,
  TLS_CHECKS,
  TLS_CHECKS_OF_THE_PROCESS,
  FOREIGN_ERRORS,
  DOUBLE_CASTS,
  MODULE_MOCKS,
];
