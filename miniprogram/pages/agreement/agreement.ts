import { userAgreement } from '../../utils/user-agreement'

Page({ data: { document: userAgreement } })
