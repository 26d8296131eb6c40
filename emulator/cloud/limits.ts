/**
 * Every limit of the platform that the embedded cloud enforces, in one table.
 * Sources: the WeChat Cloud Development documentation (functions, database, storage, openapi) and, for the
 * phone number, the documentation of 手机号快速验证组件. Where the platform documents none, the comment says so.
 */
export const LIMITS = {
  functions: {
    /** Time limit of one invocation unless the function is configured otherwise. */
    timeoutSeconds: 3,
    /** Memory of one instance unless the function is configured otherwise. */
    memoryMegabytes: 256,
    /** The longest time limit that can be configured. */
    maximumTimeoutSeconds: 900,
    /** Text of one request from a mini-program. */
    clientRequestBytes: 100 * 1024,
    /** Any other request. */
    requestBytes: 6 * 1024 * 1024,
    /** Answer of one invocation; a larger one is refused with -604001. */
    responseBytes: 1024 * 1024,
    /**
     * Instances of one function at the same time. The platform allows hundreds; one machine does not, so calls
     * beyond this number wait for a free instance.
     */
    instances: 8,
    /** An instance that has had no call for so long is ended. Not documented; observed as minutes. */
    idleSeconds: 600,
  },
  database: {
    /** `get()` from a cloud function without `limit()`. */
    defaultLimit: 100,
    /** The largest `limit()` of one `get()`. */
    maximumLimit: 1000,
    /** One `get()` of a mini-program, with or without `limit()`. */
    clientLimit: 20,
    /** Documents of one `watch()`. */
    watchedDocuments: 5000,
    /** `aggregate()` without `limit()`. Not documented; several developers report it. */
    defaultAggregateLimit: 20,
    /** Pipelines inside pipelines (MongoDB's own limit). */
    pipelineDepth: 20,
    /** Time that the regular expressions of one request may take in all. Not documented; MongoDB counts its steps. */
    regexMilliseconds: 500,
    /** The longest regular expression (PCRE's limit in MongoDB). */
    regexCharacters: 32_764,
    /** One stored document, as BSON. */
    documentBytes: 16 * 1024 * 1024,
    /** Levels of nesting in a document (MongoDB's own limit). */
    documentDepth: 100,
    collections: 200,
    /** A collection's name, as UTF-8 (MongoDB's namespace limit). */
    collectionNameBytes: 255,
    /** Indexes of one collection, `_id_` included (MongoDB's own limit). */
    indexes: 64,
    /** A transaction older than this no longer exists. */
    transactionSeconds: 30,
    /** Transactions open at the same time. Each holds one of the store's 126 read slots. */
    openTransactions: 100,
  },
  phoneNumber: {
    /** A phone code is good for this long, once. */
    codeSeconds: 300,
  },
  messageSecurityCheck: {
    contentCharacters: 2500,
    /** The openid must have used the mini-program within this time (61010 otherwise). */
    activeSeconds: 2 * 60 * 60,
  },
  storage: {
    /** Files of one `deleteFile` or `getTempFileURL`. */
    filesPerRequest: 50,
    /** Life of a temporary URL of a private file, unless `maxAge` says otherwise. */
    urlSeconds: 600,
    /** One upload from a cloud function. Not documented for the SDK; COS itself refuses a PUT above 5 GB. */
    fileBytes: 100 * 1024 * 1024,
    /** One upload from a mini-program. The platform has a limit (-403001), and does not say which. */
    clientFileBytes: 50 * 1024 * 1024,
    /** The longest `cloudPath`, in bytes of UTF-8 (COS's limit for a key). */
    pathBytes: 850,
  },
} as const
