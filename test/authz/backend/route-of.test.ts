import { expect } from 'chai';
import { answersFor } from '../../../authz/backend/route-of.ts';

describe("a framework's route", () => {
  const is = (path: string, template: string, mounted?: number): boolean =>
    answersFor({ path, ...(mounted !== undefined && { mounted }) }, template);

  it('is an operation whose template it is, whatever its parameters are called', () => {
    expect(is('/books', '/books')).to.equal(true);
    expect(is('/books/:id', '/books/{id}')).to.equal(true);
    expect(is('/books/:book', '/books/{id}')).to.equal(true);
    expect(is('/books/:id{[0-9]+}/pages', '/books/{id}/pages')).to.equal(true);
    expect(is('/shelves/:shelf/books/:id', '/shelves/{shelf}/books/{id}')).to.equal(true);
  });

  it('is no other one, nor one that might be several', () => {
    expect(is('/books/:id', '/books/recent')).to.equal(false);
    expect(is('/books/recent', '/books/{id}')).to.equal(false);
    expect(is('/books/:id?', '/books/{id}')).to.equal(false);
    expect(is('/books/*', '/books/{id}')).to.equal(false);
    expect(is('*', '/books')).to.equal(false);
    expect(is('/books/:id/', '/books/{id}')).to.equal(false);
    expect(is('/Books', '/books')).to.equal(false);
  });

  it('may begin with the text of the request, where a router is mounted', () => {
    expect(is('/shelves/7/books/:id', '/shelves/{shelf}/books/{id}', 3)).to.equal(true);
    expect(is('/shelves/7/books/:id', '/shelves/{shelf}/books/{id}')).to.equal(false);
    expect(is('/shelves/7/books/9', '/shelves/{shelf}/books/{id}', 3)).to.equal(false);
    expect(is('/cellars/7/books/:id', '/shelves/{shelf}/books/{id}', 3)).to.equal(false);
  });
});
