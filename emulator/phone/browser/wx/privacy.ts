import type { PrivacyListener } from '../services/privacy.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** Interfaces for the privacy guide, since base library 2.32.3. */
export function privacyApis({ privacy }: WxContext): WxApis {
  return {
    getPrivacySetting: asynchronous('getPrivacySetting', () => ({
      needAuthorization: privacy.needsAuthorization,
      privacyContractName: privacy.contractName,
    })),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => privacy.listen(listener),
    requirePrivacyAuthorize: asynchronous('requirePrivacyAuthorize', () =>
      privacy.requireConsent('requirePrivacyAuthorize'),
    ),
    openPrivacyContract: asynchronous('openPrivacyContract', () => privacy.openContract()),
  }
}
