import type { CurrentConsentVersion } from '../../contract/consent'

interface Config {
  /** The cloud environment's id, from the cloud console's 设置. Empty: the app says on screen what to do. */
  cloudEnv: string
  /** False for a mini-program that may not ask for a number (personal ones): offers login without it. */
  phoneRequired: boolean
  /** Verifies the number at the moment of the tap: 0.04 yuan instead of 0.03. */
  realtimePhone: boolean
  /** What the agreement and privacy pages say they are; the server asks for consent to exactly this. */
  agreementVersion: CurrentConsentVersion
}

/** The one place to set this mini-program up. */
export const config: Config = {
  cloudEnv: '',
  phoneRequired: true,
  realtimePhone: false,
  agreementVersion: '2026-11-01',
}
