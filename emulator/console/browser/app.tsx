import { CallsView } from './calls/calls-view'
import { DatabaseView } from './data/database-view'
import { FilesView } from './data/files-view'
import { UsersView } from './data/users-view'
import { FaultsView } from './faults/faults-view'
import { FiguresView } from './figures/figures-view'
import { Header } from './frame/header'
import { PageErrors } from './frame/page-errors'
import { Panes } from './frame/panes'
import { PhonesPane, usePhones, widthOfPhones } from './frame/phones-pane'
import { type Route, SHOWN_SECTIONS, useRoute } from './frame/route'
import { SourceFindingsView } from './frame/source-findings'
import { Guide } from './guide/guide'
import { OperationsView } from './operations/operations-view'
import { PeopleView } from './people/people-view'
import { PersonPage } from './people/person-page'
import { MachineView } from './settings/machine-view'
import { WebView } from './web/web-view'

/** Phones take no more than this part of the window until somebody gives them more. */
const PHONES_PART = 0.5
const PHONES_PART_WITH_PANELS = 0.6

export function App() {
  const route = useRoute()
  const phones = usePhones()
  const part = phones.openPanels.size > 0 ? PHONES_PART_WITH_PANELS : PHONES_PART
  const width = Math.min(widthOfPhones(phones), Math.round(innerWidth * part))
  return (
    <>
      <SkipLink />
      <Guide />
      <Panes
        id="phones"
        label="手机"
        sized="start"
        initial={width}
        minimum={240}
        minimumRest={480}
        shortcut="["
        isOutermost
        start={<PhonesPane {...phones} />}
        end={<Console route={route} />}
      />
    </>
  )
}

/** The first stop of the Tab key. It is no link: the address stays that of the view. */
function SkipLink() {
  return (
    <nav aria-label="跳转">
      <button type="button" class="skip-link" onClick={() => document.getElementById('view')?.focus()}>
        跳到内容
      </button>
    </nav>
  )
}

function Console({ route }: { route: Route }) {
  return (
    <div class="console">
      <Header section={route.section} />
      <SourceFindingsView />
      <PageErrors />
      <main id="view" tabindex={-1}>
        <h2 class="visually-hidden">{SHOWN_SECTIONS.find(({ id }) => id === route.section)?.name}</h2>
        <Section {...route} />
      </main>
    </div>
  )
}

function Section({ section, detail }: Route) {
  switch (section) {
    case 'users':
      return <UsersView />
    case 'operations':
      return <OperationsView detail={detail} />
    case 'database':
      return <DatabaseView name={detail} />
    case 'files':
      return <FilesView />
    case 'calls':
      return <CallsView requestId={detail} />
    case 'web':
      return <WebView />
    case 'people':
      return detail === '' ? <PeopleView /> : <PersonPage openid={detail} />
    case 'figures':
      return <FiguresView />
    case 'faults':
      return <FaultsView />
    case 'machine':
      return <MachineView />
  }
}
