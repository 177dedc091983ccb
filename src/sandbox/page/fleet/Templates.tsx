import type { FleetView } from '../../protocol'
import { Icon } from '../ui/Icon'

const shown = 6

/** Launch templates: their newest versions, and which is the default. */
export const Templates = ({ fleet }: { fleet: FleetView }) => (
  <section class="panel" aria-label="Launch templates">
    <h3>Launch templates</h3>
    <ul class="rows">
      {[...fleet.templates]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((template) => (
          <li key={template.id} class="template-row">
            <span class="image-name">
              <Icon name="layers" size={14} /> {template.name}
            </span>
            <ol class="versions">
              {template.versions
                .toSorted((a, b) => a.number - b.number)
                .slice(-shown)
                .map((version) => (
                  <li
                    key={version.number}
                    class={version.number === template.default ? 'version version-default' : 'version'}
                    title={[version.imageName ?? version.imageId, version.description]
                      .filter(Boolean)
                      .join('\n')}
                  >
                    {version.number}
                    {version.number === template.default && <span> default</span>}
                  </li>
                ))}
            </ol>
          </li>
        ))}
    </ul>
  </section>
)
