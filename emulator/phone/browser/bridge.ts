import type { CompiledProgram } from '../program/program.ts'
import type { WxModule } from '../program/wx-module.ts'
import type { Device } from './device/device.ts'

declare global {
  interface Window {
    /** Set by the page around the screen. */
    phone?: Device
    /** Set by the script of the compiled mini-program, which loads before this one. */
    miniProgram?: CompiledProgram
    /** Interfaces of `wx` of the project's own. */
    projectWx?: WxModule
    /** What their module threw when it ran. */
    projectWxError?: unknown
  }
}
