import { useLive } from '../frame/live'
import { Notice } from '../frame/notice'
import { Accounts } from './accounts'
import { Launches } from './launches'
import { Messages } from './messages'
import './people.css'

/** The WeChat accounts of the phones. Cloud functions never see them. */
export function PeopleView() {
  const { data, error } = useLive('users', 'users', 'machine')
  const users = data?.users ?? []
  return (
    <section aria-label="微信账号" class="people">
      {error && <Notice>{error}</Notice>}
      {data && <Accounts users={users} />}
      {data && <Launches users={users} />}
      <Messages />
    </section>
  )
}
