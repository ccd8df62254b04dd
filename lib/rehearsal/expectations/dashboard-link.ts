import { counted } from '../../kind/counted';
import { type Link, met, unmet } from './facts';

/** Whatever the functions of the app's dashboards draw, they drew. */
export const dashboard: Link = ({ dashboards }) => {
  const widgets = dashboards.flatMap((one) =>
    one.widgets.map(({ title, content }) => ({ name: one.name, title, content })),
  );
  const [failed] = widgets.flatMap(({ name, title, content }) =>
    content.kind === 'failed' ? [`'${title}' of ${name} was not drawn: ${content.reason}`] : [],
  );
  if (failed !== undefined) return unmet('dashboard', failed);
  const absent = widgets.filter(({ content }) => content.kind === 'absent').length;
  const others = absent === 0 ? '' : `, ${absent} of what a rehearsal has not`;
  return met(
    'dashboard',
    `${counted(widgets.length, 'widget')} of ${dashboards.map(({ name }) => name).join(', ')}${others}`,
  );
};
