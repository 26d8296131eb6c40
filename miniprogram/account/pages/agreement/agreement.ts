import { userAgreement } from '../../legal/user-agreement'

Page({ data: { document: userAgreement } })
