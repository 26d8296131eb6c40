/**
 * Inside the process of an instance, before VS Code's own module: says the address of the function at the emulator's
 * inspector instead of the process's own, because only there time limits stand still.
 */
import inspector from 'node:inspector'
import { INSPECTOR_URL_VARIABLE } from './inspector-url-variable.ts'

const url = process.env[INSPECTOR_URL_VARIABLE]
// A process that the function starts has an inspector of its own.
delete process.env[INSPECTOR_URL_VARIABLE]
if (url !== undefined && inspector.url() !== undefined) Object.assign(inspector, { url: () => url })
