import type { PrivacyListener } from '../app/privacy.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** Consent to the use of personal data, since base library 2.32.3. */
export function privacyApis({ privacy }: WxContext): WxApis {
  return {
    getPrivacySetting: asynchronous('getPrivacySetting', () => ({
      needAuthorization: privacy.needsAuthorization,
      privacyContractName: privacy.contractName,
    })),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => privacy.listen(listener),
    requirePrivacyAuthorize: asynchronous('requirePrivacyAuthorize', () =>
      privacy.require('requirePrivacyAuthorize'),
    ),
    openPrivacyContract: asynchronous('openPrivacyContract', () => privacy.openContract()),
  }
}
