import { MINIPROGRAM_RULES } from './miniprogram-rules.ts'
import type { Rule } from './rule.ts'

/** Folders whose TypeScript is checked. Each file needs a rule. */
export const CHECKED_FOLDERS = [
  'contract',
  'cloudfunctions',
  'miniprogram',
  'emulator',
  'parity',
  'scripts',
  'bench',
  'test',
]

const CONTRACT = /^contract\//
/** The layers of the functions' shared code. Each imports itself and the layers before it. */
const SHARED_LAYERS = ['core', 'crypto', 'request', 'database', 'users', 'phone', 'import', 'handlers']
const APP_CONFIG = /^cloudfunctions\/app-config\.ts$/
const FUNCTION_PACKAGES = [/^node:/, /^(wx-server-sdk|jsonwebtoken|valibot)$/]
const EMULATOR = /^emulator\//
const SDK_TYPES = /^emulator\/sdk-types\//
const OTHER_PACKAGES = [/^(?!wechat-cloud-emulator)/]

/** The first rule that matches a file holds, so a new rule goes before the more general ones. */
export const RULES: readonly Rule[] = [
  // A project that has installed the package imports it by name.
  { files: /^emulator\/test\/packed\//, mayImport: [EMULATOR], mayImportTypes: [] },
  // The emulator is a package of its own: nothing in it, tests included, imports from outside.
  { files: /^emulator\/.*\.test\.ts$/, mayImport: [EMULATOR], mayImportTypes: [], packages: OTHER_PACKAGES },
  {
    files: /^emulator\/cloud\//,
    mayImport: [/^emulator\/(cloud|control)\//],
    mayImportTypes: [SDK_TYPES],
    packages: OTHER_PACKAGES,
  },
  // Declarations for other projects, where a file is found by the name of the package alone.
  {
    files: SDK_TYPES,
    mayImport: [],
    mayImportTypes: [],
    packages: [/^wechat-cloud-emulator\/openapi$/, /^wx-server-sdk/],
  },
  { files: EMULATOR, mayImport: [EMULATOR], mayImportTypes: [], packages: OTHER_PACKAGES },
  // Tests may import everything, and the emulator by the name of its package.
  { files: /\.test\.ts$|^(test|bench)\//, mayImport: [/^(?!emulator\/)/], mayImportTypes: [] },
  { files: CONTRACT, mayImport: [], mayImportTypes: [CONTRACT], packages: [] },
  ...SHARED_LAYERS.map((layer, index) => ({
    files: new RegExp(`^cloudfunctions/shared/${layer}/`),
    mayImport: [
      new RegExp(`^cloudfunctions/shared/(${SHARED_LAYERS.slice(0, index + 1).join('|')})/`),
      APP_CONFIG,
    ],
    mayImportTypes: [CONTRACT],
    packages: FUNCTION_PACKAGES,
  })),
  { files: APP_CONFIG, mayImport: [], mayImportTypes: [], packages: [] },
  // A file of `shared` that is in no layer has no rule.
  {
    files: /^cloudfunctions\/(?<folder>(?!shared\/)[^/]+)\//,
    mayImport: [/^cloudfunctions\/shared\//, /^cloudfunctions\/<folder>\//, APP_CONFIG],
    mayImportTypes: [CONTRACT],
    packages: FUNCTION_PACKAGES,
  },
  ...MINIPROGRAM_RULES,
  // The function that asks questions of a cloud knows nothing of the product.
  {
    files: /^parity\/(?!record\/)/,
    mayImport: [/^parity\/(?!record\/|function\/)/, /^parity\/function\/parity\//],
    mayImportTypes: [],
    packages: FUNCTION_PACKAGES,
  },
  {
    files: /^parity\/record\//,
    mayImport: [/^parity\/(?!function\/)/],
    mayImportTypes: [],
    packages: [/^node:/],
  },
  // A script makes tokens and secrets with the code of the functions that read them.
  {
    files: /^scripts\//,
    mayImport: [
      /^(scripts|cloudfunctions\/shared|parity\/(core|record))\//,
      /^parity\/catalogue\.ts$/,
      APP_CONFIG,
    ],
    mayImportTypes: [CONTRACT],
  },
]
