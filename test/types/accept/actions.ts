import { shop } from '../shop.ts';
const { permit, actionEntity, record, set } = shop;

export const policies = [
  permit()
    .when(({ action }) =>
      action.eq('POST /order').or(action.eq(actionEntity('POST /order')), action.ne('GET /order/{id}')),
    )
    .id('compared'),
  permit()
    .when(({ action }) =>
      actionEntity('POST /order')
        .eq(action)
        .or(actionEntity('GET /order/{id}').ne(action), actionEntity('GET /customer/{id}').eq(action)),
    )
    .id('on-the-left'),
  permit()
    .when(({ action }) =>
      action
        .in('customer:read')
        .or(
          action.in(['customer:read', 'POST /order', actionEntity('GET /order/{id}')]),
          action.in(set([actionEntity('customer:write')])),
          actionEntity('GET /customer/{id}').in(action),
          action.in([action]),
        ),
    )
    .id('in'),
  permit()
    .when(({ action }) => action.is('Action').and(action.isIn('Action', ['customer:read', 'POST /order'])))
    .id('is'),
  permit()
    .when(({ action }) =>
      set([actionEntity('POST /order'), actionEntity('GET /order/{id}')])
        .contains(action)
        .or(set([action]).containsAny([actionEntity('GET /customer/{id}')])),
    )
    .id('sets'),
  permit()
    .when(({ action }) => record({ what: action }).eq({ what: actionEntity('POST /order') }))
    .when(({ action }) => record({ what: action }).what.in('customer:read').not())
    .id('records'),
  permit()
    .when(({ action, principal }) =>
      principal.department.eq('x').ifElse(action, actionEntity('POST /order')).eq('POST /order'),
    )
    .id('branches'),
  permit()
    .unless(({ action }) => action.has('owner').or(action.hasTag('x')))
    .id('nothing-in-it'),
];
