/** Put in by the build; code that was built in another way has none. */
declare const BUILD_ID: string

/** Eight characters that tell this build from others: `npm run trace` finds the source map by it. */
export const buildId: string | undefined = typeof BUILD_ID === 'string' ? BUILD_ID : undefined
