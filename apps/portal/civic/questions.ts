import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength, Validate, ValidatorConstraint } from 'class-validator';
import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { isIdOf, organisationKinds, reports, representedCircles } from '#domain';
import { callStates, contributionKinds, standings, threadStates } from '#read-models';
import type { CallStanding, CallsQuery, DialoguesQuery, GroupsQuery, OrganisationsQuery, Run, Standing, ThreadState } from '#read-models'; // prettier-ignore
import { IsArea, IsCode, IsPageSize, OnADayDto, given } from '../register-query';
import { placeFrom } from './cursor';

@ValidatorConstraint({ name: 'place' })
class APlace implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && placeFrom(value) !== undefined;
  }

  defaultMessage(): string {
    return 'Take the cursor from the link of a page, or leave it out for the first page';
  }
}

@ValidatorConstraint({ name: 'registryId' })
class AnId implements ValidatorConstraintInterface {
  validate(value: unknown, asked?: ValidationArguments): boolean {
    const [kind] = (asked?.constraints ?? []) as Parameters<typeof isIdOf>[0][];
    return typeof value === 'string' && kind !== undefined && isIdOf(kind, value);
  }

  defaultMessage(): string {
    return 'Give a registry id; its last character guards against mistyping';
  }
}

const IsIdOf = (kind: Parameters<typeof isIdOf>[0]): PropertyDecorator => Validate(AnId, [kind]);

const IsAgency = (): PropertyDecorator =>
  Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'Give the code of an authority' });

/** A page of a list. */
export class PagedDto extends OnADayDto {
  @ApiPropertyOptional({ description: 'Where a further page begins; from the link of a page.' })
  @IsOptional()
  @Validate(APlace)
  readonly cursor?: string;

  @IsPageSize()
  readonly limit?: number;
}

/** Which calls are shown. */
export class CallsDto extends PagedDto {
  @ApiPropertyOptional({ enum: callStates, description: 'Where the call stands; `closing` is open with few days left.' })
  @IsOptional()
  @IsCode(callStates)
  readonly state?: CallStanding;

  @ApiPropertyOptional({ description: 'Code of the authority that published it.' })
  @IsOptional()
  @IsAgency()
  readonly authority?: string;

  @ApiPropertyOptional({ description: 'Registry id of an asset the call is for.' })
  @IsOptional()
  @IsIdOf('asset')
  readonly asset?: string;

  @ApiPropertyOptional({ description: 'Official code of a region in which one of its assets lies.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ description: 'Official code of a province in which one of its assets lies.' })
  @IsOptional()
  @IsArea('province')
  readonly province?: string;

  @ApiPropertyOptional({ description: 'Official code of a municipality in which one of its assets lies.' })
  @IsOptional()
  @IsArea('municipality')
  readonly municipality?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Words; each begins a word of id, object or authority, or of an asset and where it lies.' })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;
} // prettier-ignore

/** Which organisations are shown. */
export class OrganisationsDto extends PagedDto {
  @ApiPropertyOptional({ enum: organisationKinds })
  @IsOptional()
  @IsCode(organisationKinds)
  readonly kind?: string;

  @ApiPropertyOptional({ enum: standings, description: 'Whether it may be given an asset.' })
  @IsOptional()
  @IsCode(standings)
  readonly standing?: Standing;

  @ApiPropertyOptional({ description: 'Official code of the region of its seat.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Words; each begins a word of id, name, codes or seat.' })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;
}

/** Which threads are shown. */
export class DialoguesDto extends PagedDto {
  @ApiPropertyOptional({ enum: contributionKinds })
  @IsOptional()
  @IsCode(contributionKinds)
  readonly kind?: string;

  @ApiPropertyOptional({ enum: threadStates, description: 'Where the answer stands; `none` where none is owed.' })
  @IsOptional()
  @IsCode(threadStates)
  readonly state?: ThreadState;

  @ApiPropertyOptional({ description: 'Code of the authority that is to answer.' })
  @IsOptional()
  @IsAgency()
  readonly authority?: string;

  @ApiPropertyOptional({ description: 'Registry id of the asset it is about.' })
  @IsOptional()
  @IsIdOf('asset')
  readonly asset?: string;

  @ApiPropertyOptional({ description: 'Id of the call it is about.' })
  @IsOptional()
  @IsIdOf('call')
  readonly call?: string;

  @ApiPropertyOptional({ enum: reports, description: 'The report it is about.' })
  @IsOptional()
  @IsCode(reports)
  readonly report?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Words; each begins a word of what may be read of it, of its answers, or is its id.' })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;
} // prettier-ignore

/** Which groups are shown. */
export class GroupsDto extends PagedDto {
  @ApiPropertyOptional({ enum: representedCircles, description: 'Groups in which somebody speaks for this circle.' })
  @IsOptional()
  @IsCode(representedCircles)
  readonly represents?: string;

  @ApiPropertyOptional({ description: 'Id of an organisation that sits in it.' })
  @IsOptional()
  @IsIdOf('organisation')
  readonly organisation?: string;

  @ApiPropertyOptional({ description: 'Official code of the region it works for.' })
  @IsOptional()
  @IsArea('region')
  readonly region?: string;

  @ApiPropertyOptional({ description: 'Code of an authority it recommended something to.' })
  @IsOptional()
  @IsAgency()
  readonly authority?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Words; each begins a word of id, name, aims or place.' })
  @IsOptional()
  @MaxLength(200, { message: 'Give at most 200 characters' })
  readonly q?: string;
}

/** The run of a list a page shows. */
export const runOf = ({ cursor, limit }: PagedDto, otherwise: number): Run => ({
  ...(cursor !== undefined && placeFrom(cursor)),
  limit: limit ?? otherwise,
});

export const callsQuery = ({ state, authority, asset, region, province, municipality, q }: CallsDto): CallsQuery =>
  given({ state, authority, asset, region, province, municipality, text: q });

export const organisationsQuery = ({ kind, standing, region, q }: OrganisationsDto): OrganisationsQuery =>
  given({ kind, standing, region, text: q });

export const dialoguesQuery = ({ kind, state, authority, asset, call, report, q }: DialoguesDto): DialoguesQuery =>
  given({ kind, state, authority, asset, call, report, text: q });

export const groupsQuery = ({ represents, organisation, region, authority, q }: GroupsDto): GroupsQuery =>
  given({ represents, organisation, region, authority, text: q });
