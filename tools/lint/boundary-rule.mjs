import { relative, sep } from 'node:path';
import { refusal } from './boundaries.mjs';

/** @typedef {Extract<import('eslint').Rule.Node, { type: 'ImportExpression' }>['source']} Source */

/**
 * ESLint rule: reports each import that a boundary forbids.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const boundaryRule = {
  meta: { type: 'problem', schema: [], messages: { refused: 'No import of "{{specifier}}" here: {{because}}.' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    /**
     * @param {Source | null | undefined} source
     * @param {boolean} typesOnly
     */
    const check = (source, typesOnly) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const because = refusal(file, source.value, typesOnly);
      if (because) context.report({ node: source, messageId: 'refused', data: { specifier: source.value, because } });
    };
    return {
      ImportDeclaration: (node) => check(node.source, 'importKind' in node && node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, 'exportKind' in node && node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, 'exportKind' in node && node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (/** @type {{ source: Source }} */ node) => check(node.source, true),
    };
  },
};
