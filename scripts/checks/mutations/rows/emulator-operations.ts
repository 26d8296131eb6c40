import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const OPERATIONS = 'emulator/console/test/operations.test.ts'

/** Operations of administrators in the console. */
export const OPERATION_GUARDS: readonly Mutation[] = [
  ...rowsBelow('scripts/')([
    'the token of an operation permits no more than it needs',
    'lib/admin/operations/admin-operations.ts',
    'now, [roleOf(operation)])',
    'operation && now)',
    'test/console/operations.test.ts',
    'a token that permits that alone',
  ]),
  ...rowsBelow('emulator/')(
    [
      'the authorization of an operation takes precedence over its event',
      'cloud/operations/operations.ts',
      "return { ...event, ...(await callProject('authorize', async () => authorize(context))) }",
      "return { ...(await callProject('authorize', async () => authorize(context))), ...event }",
      OPERATIONS,
      'puts fields at their paths, and the authorization over them',
    ],
    [
      'the key of an operation stays out of the declaration that the page gets',
      'cloud/operations/operations.ts',
      'return { title, operations }',
      "return { title, operations, proof: 'a key of this machine' } as OperationsDeclaration",
      OPERATIONS,
      'the key of the settings reaches neither the page',
    ],
    [
      'a choice of an operation names no other field of the event',
      'control/operation-fields.ts',
      "if (!Object.hasOwn(field.options ?? {}, input.path)) throw new FieldError(field, '没有这个选项')",
      '',
      OPERATIONS,
      '{"who":{"path":"token"',
    ],
    [
      'an operation leaves out rows that it does not apply to',
      'console/browser/operations/run-dialog.tsx',
      'subjects.filter((one) => appliesTo(operation, one))',
      'subjects.slice()',
      OPERATIONS,
      'lists, filters, and refunds the selected orders',
    ],
    [
      'an operation that changes something does not run by its address',
      'console/browser/operations/operation-panel.tsx',
      'if (runsAtOnce && isComplete(fields, inputs)) start()',
      'if (isComplete(fields, inputs)) start()',
      OPERATIONS,
      'runs nothing that changes something by its address alone',
    ],
    [
      'a cell of a CSV file is no formula',
      'console/browser/operations/csv-file.ts',
      "FORMULA.test(text) ? `'${text}` : text",
      'text',
      OPERATIONS,
      'saves all rows as CSV without formulas',
    ],
  ),
]
