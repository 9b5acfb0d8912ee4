import { shop } from '../shop.ts';
const { permit, entity, group, link } = shop;

const readers = permit()
  .principalSlot()
  .action('GET /customer/{id}')
  .resourceInSlot()
  .when(({ principal }) => principal.department.eq('x'));
const editors = permit().principalInSlot().action('PUT /customer/user/{id}').resourceSlot();
const robots = permit().principalIs('Robot').principalInSlot();

export const policies = [
  link(readers, 'reader', { principal: entity('User', 'u'), resource: entity('Folder', 'f') }),
  link(editors, 'editors', { principal: group('admins'), resource: entity('Customer', 'c') }),
  link(robots, 'robots', { principal: group('bots') }),
];
