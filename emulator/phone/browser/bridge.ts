import type { Program } from '../program.ts'
import type { Device } from './device/device.ts'

declare global {
  interface Window {
    /** Set by the page around the screen. */
    phone?: Device
    /** Set by the compiled mini-program, which stands in front of this script. */
    miniProgram?: Program
  }
}
