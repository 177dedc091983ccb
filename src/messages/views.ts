import type { Action } from '../domain/access/action'
import { strategiesOf, type Capacity, type Service } from '../domain/catalogue/catalogue'
import type { KnownEvent } from '../domain/events/event'
import type { ShownPlan } from '../domain/interaction/command'
import type { Operation } from '../domain/operation/operation'
import type { Form, Home, MenuOption } from '../ports/chat'
import { chooseCommandForm } from './forms/choose-command'
import { confirmNameForm, readConfirmNameForm } from './forms/confirm-name'
import { deployForm, readDeployForm } from './forms/deploy'
import { loadingForm } from './forms/form'
import type { FormValues, FormResult } from './forms/command-text'
import type { FormMetadata } from './forms/private-metadata'
import { readScheduleForm } from './forms/read-schedule'
import { scheduleForm } from './forms/schedule'
import type { Repeats } from './forms/schedule-words'
import { isServiceForm, readServiceForm, serviceChoices, serviceForm } from './forms/service'
import { matchingServices } from './forms/service-select'
import type { HelpEntry } from './queries/help'
import { overrideForm, readOverrideForm } from './windows/override-form'
import { homeView } from './queries/home'
import type { Locale } from './locale'
import type { ServiceStatus } from '../domain/fleet/service-status'
import type { KnownVersion } from '../domain/queries'

interface FormFacts {
  /** The command; absent for `/asg` alone. */
  readonly form?: Action
  readonly services: readonly Service[]
  readonly service?: string
  readonly version?: string
  readonly versions?: { readonly current?: string; readonly versions: readonly KnownVersion[] }
  /** Set when the versions could not be found out. */
  readonly unanswered?: boolean
  readonly channel?: string
  /** The line of chat that a closed window holds. */
  readonly line?: string
  /** What the form of an event wants to know besides. */
  readonly repeats?: Repeats
  readonly event?: KnownEvent
  readonly sizes?: Capacity
  /** The plan that the form confirms. */
  readonly confirms?: ShownPlan
}

const asksVersion = (form: Action): form is 'deploy' | 'bake' => form === 'deploy' || form === 'bake'

/** Strategies that fit the service, its own first. */
const strategiesFor = (service: Service | undefined) =>
  service && [service.strategy, ...strategiesOf(service).filter((one) => one !== service.strategy)]

/** Only what has a blueprint can be built. */
const fitting = (form: Action | undefined, services: readonly Service[]): readonly Service[] =>
  form === 'provision' ? services.filter(({ fleet }) => fleet) : services

/** The forms and the Home, as the application asks for them. `entries` are the commands that can be chosen. */
export const createViews = (entries: readonly HelpEntry[]) => ({
  /** The form of a command, or the choice of one. */
  form(facts: FormFacts, locale: Locale): Form {
    const { form, service, version, versions, channel } = facts
    const memory = { ...(form !== undefined && { form }), ...(channel !== undefined && { channel }) }
    const services = facts.services.map(({ name }) => name)
    const known = { ...(service !== undefined && { service }), ...(version !== undefined && { version }) }
    if (form !== undefined && asksVersion(form)) {
      const strategies = strategiesFor(facts.services.find(({ name }) => name === service))
      return deployForm({
        ...locale,
        kind: form,
        memory,
        services,
        known,
        ...(versions && { versions: versions.versions }),
        ...(versions?.current !== undefined && { current: versions.current }),
        ...(strategies && { strategies }),
        ...(facts.unanswered !== undefined && { error: facts.unanswered }),
      })
    }
    if (form === 'schedule' || form === 'reschedule') {
      const { event, repeats, sizes } = facts
      const chosen = facts.services.find(({ name }) => name === (event?.service ?? service))
      return scheduleForm({
        ...locale,
        kind: form,
        memory,
        services,
        known: {
          ...(service !== undefined && { service }),
          ...(repeats !== undefined && { repeats }),
          ...(event && { event }),
        },
        zone: event?.event.times.zone ?? chosen?.timezone ?? locale.timezone,
        ...(sizes && { sizes }),
      })
    }
    if (form !== undefined && facts.confirms && service !== undefined)
      return confirmNameForm({ ...locale, memory: { ...memory, ...facts.confirms, service } })
    if (form === 'override') {
      const { line } = facts
      return overrideForm({ ...locale, memory: { ...memory, ...(line !== undefined && { line }) } })
    }
    if (form !== undefined && isServiceForm(form)) {
      const offered = fitting(form, facts.services)
      const chosen = offered.find(({ name }) => name === service)
      return serviceForm({
        ...locale,
        kind: form,
        memory,
        services: offered.map(({ name }) => name),
        known,
        ...(chosen && { chosen }),
      })
    }
    return chooseCommandForm({ ...locale, memory, entries })
  },

  /** What a form's menu of services offers for what was typed into it. */
  matchingServices: (
    { form, services, typed }: Pick<FormFacts, 'form' | 'services'> & { readonly typed: string },
    { language }: Locale,
  ): readonly MenuOption[] => {
    const names = fitting(form, services).map(({ name }) => name)
    return matchingServices(serviceChoices(form, names, language), typed)
  },

  loading: (facts: { readonly form?: Action }, locale: Locale): Form =>
    loadingForm({ ...locale, memory: facts.form === undefined ? {} : { form: facts.form } }),

  /** The line of chat that a filled form stands for, or sentences by block. */
  read(form: string, values: FormValues, locale: Locale, memory: FormMetadata = {}): FormResult {
    if (form === 'schedule' || form === 'reschedule') return readScheduleForm(form, values, locale, memory)
    if (form === 'override') return readOverrideForm(values, locale, memory)
    if (isServiceForm(form)) return readServiceForm(form, values, locale)
    return readDeployForm(form === 'bake' ? 'bake' : 'deploy', values, locale)
  },

  /** Whether a form asks for the service's name, and what was typed there; undefined for another form. */
  readConfirmation: readConfirmNameForm,

  home: (
    facts: { readonly services: readonly ServiceStatus[]; readonly history: readonly Operation[] },
    locale: Locale,
  ): Home => homeView({ ...locale, ...facts }),
})
