import { shop } from '../shop.ts';
const { permit, entity, group, link } = shop;

const readers = permit()
  .principalSlot()
  .action('GET /customer/{id}')
  .resourceInSlot()
  .when(({ principal }) => principal.department.eq('x'));
const editors = permit().principalInSlot().action('PUT /customer/user/{id}').resourceSlot();
const anything = permit().resourceInSlot().actions(['GET /order/{id}', 'POST /order']);
const users = permit().principalIs('User').principalInSlot().resourceIs('Customer').resourceInSlot();
const robots = permit().principalIs('Robot').principalInSlot();

export const policies = [
  link(readers, 'reader', { principal: entity('User', 'u'), resource: entity('Folder', 'f') }),
  link(editors, 'editors', { principal: group('admins'), resource: entity('Customer', 'c') }),
  link(robots, 'robots', { principal: group('bots') }),
  link(anything, 'in-a-folder', { resource: entity('Folder', 'f') }),
  link(anything, 'in-a-customer', { resource: entity('Customer', 'c') }),
  link(users, 'both', { principal: entity('Group', 'staff'), resource: entity('Folder', 'f') }),
  link(users, 'itself', { principal: entity('User', 'u'), resource: entity('Customer', 'c') }),
];
