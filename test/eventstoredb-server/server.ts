import type { ServerReadableStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { MemoryLog } from './memory-log';
import {
  accessDenied,
  appendResponse,
  expectedFrom,
  nameOf,
  notLeader,
  proposedFrom,
  tooLarge,
  unavailable,
} from './messages';
import { answerRead, answerSubscription } from './reading';
import type { ReadCall } from './reading';

/** How the server treats an append: as it should, or in one of the ways a server, a cluster or a network fails. */
export type AppendMood =
  | 'well'
  /** Refused before anything was written. */
  | 'refused'
  /** Written, but the connection is lost before the answer. */
  | 'answer lost'
  /** Written, and answered only when the example says so. */
  | 'answer late'
  /** Written, and then called a conflict. */
  | 'called a conflict'
  /** Neither written nor ever answered. */
  | 'silent';

export type ReadMood = 'well' | 'refused' | 'forbidden' | 'broken in the middle' | 'silent';

export interface Node {
  readonly host: string;
  readonly port: number;
}

/**
 * A node of EventStoreDB, small enough for tests: the real protocol over real gRPC, the log in memory. It behaves until it is told not to.
 * Never part of the product.
 */
export class EventStoreDbServer {
  readonly host = '127.0.0.1';
  /** How many calls were made to the batch append, which this registry must not use; none is ever answered. */
  batchAppends = 0;
  /** Set, this node is a follower, and refuses what only the leader may do. */
  leader: Node | undefined;
  private readonly server = new Server();
  private readonly appendMoods: AppendMood[] = [];
  private readonly readMoods: ReadMood[] = [];
  private readonly subscriptionMoods: ('refused' | 'silent')[] = [];
  private readonly late: (() => void)[] = [];
  private readonly open = new Set<ReadCall>();
  private readonly subscriptions = new Map<ReadCall, () => void>();
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly log: MemoryLog,
    readonly port: number,
  ) {}

  /** On a port of its own, or the one given, which a server stopped before had. */
  static async start({ log = new MemoryLog(), port = 0 } = {}): Promise<EventStoreDbServer> {
    const probe = new Server();
    const bound = await bind(probe, port);
    probe.forceShutdown();
    const node = new EventStoreDbServer(log, bound);
    node.offerServices();
    await bind(node.server, bound);
    return node;
  }

  get connectionString(): string {
    return `esdb://${this.host}:${this.port}?tls=false`;
  }

  /** The next appends are treated so, one after the other; later ones well. */
  nextAppends(...moods: AppendMood[]): void {
    this.appendMoods.push(...moods);
  }

  nextReads(...moods: ReadMood[]): void {
    this.readMoods.push(...moods);
  }

  nextSubscriptions(...moods: ('refused' | 'silent')[]): void {
    this.subscriptionMoods.push(...moods);
  }

  /** Sends the late answers. */
  answerLateOnes(): void {
    for (const answer of this.late.splice(0)) answer();
  }

  /** Ends every subscription: cleanly, with an error, or by sending nothing more while the call stays open. */
  endSubscriptions(how: 'cleanly' | 'broken' | 'in silence'): void {
    for (const [call, stop] of this.subscriptions) {
      stop();
      if (how === 'cleanly') call.end();
      if (how === 'broken') call.emit('error', unavailable());
    }
    this.subscriptions.clear();
  }

  /** Resolves when the condition on this server holds; looked at whenever a call begins or ends. */
  until(condition: (server: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition(this)) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Reads and subscriptions whose caller has not gone. */
  get openReads(): number {
    return this.open.size;
  }

  get openSubscriptions(): number {
    return this.subscriptions.size;
  }

  get lateAnswers(): number {
    return this.late.length;
  }

  /** Gone, as in a power cut: connections are lost, no call is finished. */
  stop(): void {
    this.server.forceShutdown();
  }

  private offerServices(): void {
    this.server.addService(StreamsService, {
      read: (call: ReadCall) => this.read(call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        this.append(call, answer),
      batchAppend: () => {
        this.batchAppends += 1;
      },
      delete: (_: unknown, answer: sendUnaryData<never>) => answer(unavailable()),
      tombstone: (_: unknown, answer: sendUnaryData<never>) => answer(unavailable()),
    });
    this.server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) =>
        answer(null, supportedMethods()),
    });
    this.server.addService(GossipService, {
      read: (_: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) => answer(null, this.gossip()),
    });
  }

  private append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    const messages: AppendReq[] = [];
    call.on('data', (message: AppendReq) => messages.push(message));
    call.on('end', () => this.answerAppend(messages, answer));
    call.on('error', () => undefined);
  }

  private answerAppend([header, ...rest]: AppendReq[], answer: sendUnaryData<AppendResp>): void {
    if (this.leader) return answer(notLeader(this.leader));
    const mood = this.appendMoods.shift() ?? 'well';
    if (mood === 'silent') return;
    if (mood === 'refused') return answer(unavailable());
    const options = header?.getOptions() ?? new AppendReq.Options();
    const expected = expectedFrom(options);
    if (expected === undefined) throw new Error('the registry always expects a revision');
    const events = rest.map((message) => proposedFrom(message.getProposedMessage() ?? new AppendReq.ProposedMessage()));
    const outcome = this.log.append(nameOf(options.getStreamIdentifier()), expected, events);
    if (outcome.kind === 'too-large') return answer(tooLarge(outcome.limit));
    const send = () => answer(null, appendResponse(outcome, expected));
    if (mood === 'answer lost') return answer(unavailable());
    if (mood === 'well') return send();
    if (mood === 'called a conflict') {
      const current = outcome.kind === 'appended' ? outcome.revision : outcome.current;
      return answer(null, appendResponse({ kind: 'wrong-expected-version', current }, expected));
    }
    this.late.push(send);
    this.changed();
  }

  private read(call: ReadCall): void {
    this.open.add(call);
    call.on('error', () => undefined);
    const isSubscription = call.request.getOptions()?.hasSubscription() ?? false;
    const stop = isSubscription ? this.subscribe(call) : this.readOnce(call);
    const over = () => {
      stop?.();
      this.open.delete(call);
      this.subscriptions.delete(call);
      this.changed();
    };
    call.on('cancelled', over);
    call.on('close', over);
    call.on('finish', over);
    this.changed();
  }

  private subscribe(call: ReadCall): (() => void) | undefined {
    const mood = this.subscriptionMoods.shift();
    if (mood === 'refused') call.emit('error', unavailable());
    if (mood !== undefined) return undefined;
    const stop = attempt(call, () => answerSubscription(this.log, call));
    if (stop) this.subscriptions.set(call, stop);
    return stop;
  }

  private readOnce(call: ReadCall): undefined {
    if (this.leader && call.metadata.get('requires-leader').includes('true')) {
      call.emit('error', notLeader(this.leader));
      return;
    }
    const mood = this.readMoods.shift() ?? 'well';
    if (mood === 'silent') return;
    if (mood === 'refused') call.emit('error', unavailable());
    else if (mood === 'forbidden') call.emit('error', accessDenied());
    else attempt(call, () => answerRead(this.log, call, mood === 'well' ? undefined : 2));
  }

  private gossip(): ClusterInfo {
    const follower = member(this, this.leader ? MemberInfo.VNodeState.FOLLOWER : MemberInfo.VNodeState.LEADER);
    const members = this.leader ? [follower, member(this.leader, MemberInfo.VNodeState.LEADER)] : [follower];
    return new ClusterInfo().setMembersList(members);
  }

  private changed(): void {
    for (const look of [...this.watchers]) look();
  }
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
}

function attempt<T>(call: ReadCall, answer: () => T): T | undefined {
  try {
    return answer();
  } catch (error) {
    call.emit('error', error);
    return undefined;
  }
}

function member({ host, port }: Node, state: MemberInfo.VNodeState): MemberInfo {
  const endPoint = new EndPoint().setAddress(host).setPort(port);
  return new MemberInfo().setState(state).setIsAlive(true).setHttpEndPoint(endPoint);
}

/** As a real server: it offers the batch append, too. */
function supportedMethods(): SupportedMethods {
  const service = 'event_store.client.streams.Streams';
  const methods = ['Append', 'BatchAppend', 'Read'].map((name) =>
    new SupportedMethod().setServiceName(service).setMethodName(name),
  );
  return new SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList(methods);
}
