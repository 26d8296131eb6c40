import { useEffect, useState } from 'preact/hooks'
import { CallsView } from './calls-view'
import { DatabaseView } from './database-view'
import { FaultsView } from './faults-view'
import { FilesView } from './files-view'
import { useConnected } from './live'
import { MachineView } from './machine-view'
import { PeopleView } from './people-view'
import { PhonesPane } from './phones-pane'
import { SourceErrors } from './source-errors'
import { UsersView } from './users-view'

const SECTIONS = [
  { id: 'users', name: '用户', english: 'Users' },
  { id: 'database', name: '数据库', english: 'Database' },
  { id: 'files', name: '云存储', english: 'Storage' },
  { id: 'calls', name: '云函数调用', english: 'Calls' },
  { id: 'people', name: '微信账号', english: 'WeChat accounts' },
  { id: 'faults', name: '故障', english: 'Faults' },
  { id: 'machine', name: '设置', english: 'Settings' },
] as const

type SectionId = (typeof SECTIONS)[number]['id']

/** `#database/trips` is the section and what it shows; the page comes back to it after a reload. */
interface Place {
  section: SectionId
  detail: string
}

function placeOf(hash: string): Place {
  const [id = '', ...rest] = decodeURIComponent(hash.slice(1)).split('/')
  const section = SECTIONS.find((candidate) => candidate.id === id)?.id ?? 'users'
  return { section, detail: rest.join('/') }
}

export function App() {
  const [place, setPlace] = useState(() => placeOf(location.hash))
  const connected = useConnected()
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return (
    <div class="layout">
      <PhonesPane />
      <main class="console">
        <header>
          <h1>
            本机云开发 <small lang="en">Cloud console</small>
          </h1>
          <nav aria-label="控制台">
            {SECTIONS.map(({ id, name, english }) => (
              <a
                key={id}
                href={`#${id}`}
                title={english}
                aria-current={id === place.section ? 'page' : undefined}
              >
                {name}
              </a>
            ))}
          </nav>
          <p class="connection" role="status">
            {connected ? '' : '云环境已断开，正在重新连接…'}
          </p>
        </header>
        <SourceErrors />
        <Section {...place} />
      </main>
    </div>
  )
}

function Section({ section, detail }: Place) {
  switch (section) {
    case 'users':
      return <UsersView />
    case 'database':
      return <DatabaseView name={detail} />
    case 'files':
      return <FilesView />
    case 'calls':
      return <CallsView />
    case 'people':
      return <PeopleView />
    case 'faults':
      return <FaultsView />
    case 'machine':
      return <MachineView />
  }
}
