/** The mini-program of the embedded cloud, as emulator.config.ts names it. */
export const LOCAL_APPID = 'wx0000000000local'
