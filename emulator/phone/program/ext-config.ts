/** Replaces ext.json. The emulator's cloud is the only environment, whatever its name. */
export const EXT_CONFIG = { cloudEnv: 'local' }
