/**
 * Which modules of wx-server-sdk and jsonwebtoken are loaded at first use, and in which file each of them is then
 * found. The rest is loaded with every cold start, so what is not needed to answer a call belongs in here.
 *
 * To be deferred, a module must be touched by its importer only while a call is made, not while the importer itself is
 * loaded. What the importer calls at once, for a result that it only needs later, is a factory.
 */
export interface Deferral {
  /** The importing file. */
  importer: RegExp
  /** What it imports, as it writes it. */
  specifiers: readonly string[]
  /** Modules of one part are in one file, `sdk-<part>.js`: what is needed together should be loaded together. */
  part: string
  factory?: true
}

export const DEFERRED: readonly Deferral[] = [
  { importer: /^scripts\/sdk\/sdk\.cjs$/, specifiers: ['jsonwebtoken'], part: 'token' },
  // The bodies of openapi and of uploads are multipart; what names a file's type is not needed for either.
  { importer: /node-sdk\/dist\/utils\/request-core\.js$/, specifiers: ['form-data'], part: 'form' },
  { importer: /\/form-data\/lib\/form_data\.js$/, specifiers: ['mime-types'], part: 'mime' },
  { importer: /wx-server-sdk\/index\.js$/, specifiers: ['mime-db'], part: 'mime' },
  // For numbers in openapi's answers.
  { importer: /wx-server-sdk\/index\.js$/, specifiers: ['json-bigint'], part: 'bigint', factory: true },
  { importer: /node-sdk\/dist\/cloudbase\.js$/, specifiers: ['./storage'], part: 'storage' },
  // Every `init` makes a client of the data models, which hardly anybody uses.
  {
    importer: /node-sdk\/dist\/cloudbase\.js$/,
    specifiers: ['@cloudbase/wx-cloud-client-sdk'],
    part: 'rest',
    factory: true,
  },
  {
    importer: /node-sdk\/dist\/cloudbase\.js$/,
    specifiers: ['axios', './auth', './cloudrun', './analytics', './ai', './notification'],
    part: 'rest',
  },
  { importer: /node-sdk\/dist\/functions\/index\.js$/, specifiers: ['../cloudrun'], part: 'rest' },
  // Asked for the machine's own metadata, which is done outside the cloud's functions only.
  { importer: /node-sdk\/dist\/utils\/metadata\.js$/, specifiers: ['axios'], part: 'rest' },
  // Unless `init` is told otherwise, a function has neither proxy, nor agent, nor retries.
  {
    importer: /node-sdk\/dist\/utils\/request-core\.js$/,
    specifiers: ['agentkeepalive', 'https-proxy-agent', 'http-proxy-agent'],
    part: 'rest',
  },
  { importer: /node-sdk\/dist\/utils\/request\.js$/, specifiers: ['./retry'], part: 'rest' },
  // Watching documents is for clients.
  {
    importer: /@cloudbase\/database\/dist\/commonjs\/(document|query)\.js$/,
    specifiers: ['./realtime/websocket-client'],
    part: 'rest',
  },
]
