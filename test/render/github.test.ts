import { renderGithub } from '../../src/render';
import { bare, full, note } from './fixtures';

test('every finding is one command, with everything escaped that would end it early', () => {
  expect(renderGithub([full, bare, note, { ...bare, location: { file: 'a,b:c.yaml', line: 2 }, message: '50%\r\nx' }])).toBe(
    [
      '::warning file=src/reviews.yaml,line=3,col=5,title=virtual-service/weights-on-separate-routes::VirtualService bookinfo/reviews spec.http[1]: This route is never used.%0AAll requests go to v1, 100 %25.%0AFix: put both destinations into one route',
      '::error title=yaml/binary::This is no text.',
      '::notice file=/abs/a b.yaml,line=1,title=mesh/note::This is no text.',
      '::error file=a%2Cb%3Ac.yaml,line=2,title=yaml/binary::50%25%0D%0Ax',
      '',
    ].join('\n'),
  );
});
