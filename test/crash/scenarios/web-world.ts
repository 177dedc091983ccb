import { catalogueOf, webService } from '../../support/simulation'

/** The fleet of `web`, as the seed has it. */
export const webWorld = { catalogue: catalogueOf(webService()), guard: { targetGroup: 'Web-TG', minimum: 2 } }
