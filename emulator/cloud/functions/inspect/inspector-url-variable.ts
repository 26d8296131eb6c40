/** Holds the address at which a debugger finds the instance. */
export const INSPECTOR_URL_VARIABLE = 'EMULATOR_INSPECTOR_URL'
