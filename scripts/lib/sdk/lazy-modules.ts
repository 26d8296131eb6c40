/**
 * An import of wx-server-sdk or jsonwebtoken that is loaded at first use. Everything else is loaded with every cold
 * start, so modules that most calls do not need belong in `LAZY_MODULES`.
 *
 * The importer of a lazy module may use it only while a call is made, not while the importer itself is loaded. A
 * module that the importer calls at once, for a result that it needs later, is a `factory`.
 */
export interface LazyModule {
  /** The importing file. */
  importer: RegExp
  /** What it imports, as it writes it. */
  specifiers: readonly string[]
  /** Modules of one part are in one file, `sdk-<part>.js`: modules that are needed together are loaded together. */
  part: string
  factory?: true
}

export const LAZY_MODULES: readonly LazyModule[] = [
  { importer: /^scripts\/lib\/sdk\/sdk\.cjs$/, specifiers: ['jsonwebtoken'], part: 'token' },
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
  // Requests the machine's metadata, which a cloud function never does.
  { importer: /node-sdk\/dist\/utils\/metadata\.js$/, specifiers: ['axios'], part: 'rest' },
  // Unless `init` configures them, a function has neither proxy, nor agent, nor retries.
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
