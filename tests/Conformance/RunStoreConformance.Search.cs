using MlOps.Testing;
using MlOps.Tracking;

namespace MlOps.Conformance;

/// <summary>What every run store promises of searches.</summary>
public abstract partial class RunStoreConformance
{
    [Theory]
    [InlineData("metrics.auc > 0.8", "", "b a")]
    [InlineData("metrics.auc > 0.8 AND params.model = 'gbt'", "", "a")]
    [InlineData("metrics.auc != 0.9", "", "d c b")]
    [InlineData("metrics.auc IS NULL", "", "e")]
    [InlineData("metrics.auc IS NOT NULL", "", "d c b a")]
    [InlineData("metrics.loss.min < 0.2", "", "b")]
    [InlineData("metrics.loss.max >= 3", "", "b a")]
    [InlineData("metrics.loss.first = 3", "", "a")]
    [InlineData("metrics.loss.last = 1", "", "a")]
    [InlineData("metrics.loss.best <= 0.1", "", "b")]
    [InlineData("metrics.auc.best = 0.9", "", "a")]
    [InlineData("metrics.loss.count = 3", "", "b a")]
    [InlineData("metrics.`loss.min` = 7", "", "c")]
    [InlineData("params.model != 'gbt'", "", "c b")]
    [InlineData("NOT params.model = 'gbt'", "", "e d c b")]
    [InlineData("params.model IS NULL", "", "e d")]
    [InlineData("params.lr < 0.01", "", "b a")]
    [InlineData("params.lr = 0.001", "", "b a")]
    [InlineData("params.lr = '0.001'", "", "a")]
    [InlineData("params.lr != 0.001", "", "c")]
    [InlineData("params.model LIKE 'G%'", "", "c")]
    [InlineData("params.model ILIKE 'g%'", "", "c a")]
    [InlineData("params.model NOT ILIKE 'g%'", "", "b")]
    [InlineData("tags.owner ILIKE 'JÖRG'", "", "b")]
    [InlineData("tags.owner IN ('ann', 'bob')", "", "c a")]
    [InlineData("tags.owner NOT IN ('ann')", "", "c b")]
    [InlineData("status = 'FINISHED'", "", "b a")]
    [InlineData("status IN ('failed', 'LOST')", "", "d c")]
    [InlineData("status LIKE 'F%'", "", "c b a")]
    [InlineData("status != 'RUNNING' AND status != 'SCHEDULED'", "", "d c b a")]
    [InlineData("experiment = 'one'", "", "c a")]
    [InlineData("experiment IN ('one', 'two') AND run_name LIKE '%'", "", "e d c b a")]
    [InlineData("duration > 90000", "", "b")]
    [InlineData("duration >= '00:01:00' AND end_time IS NOT NULL", "", "b a")]
    [InlineData("end_time IS NULL", "", "e")]
    [InlineData("start_time >= '2026-01-02T03:04:08Z'", "", "e d c")]
    [InlineData("start_time = 1767323047000", "", "b")]
    [InlineData("start_time != 1767323047000", "", "e d c a")]
    [InlineData("start_time < 1767323047000.5 AND start_time > 1767323045000", "", "b a")]
    [InlineData("datasets.name = 'flights'", "", "b a")]
    [InlineData("datasets.digest LIKE 'ab%'", "", "a")]
    [InlineData("datasets.context = 'test'", "", "b")]
    [InlineData("datasets.name IS NULL", "", "e d c")]
    [InlineData("failure ILIKE '%memory%'", "", "c")]
    [InlineData("parent IS NOT NULL", "", "d")]
    [InlineData("artifact_uri IS NULL AND artifact_uri != 'x'", "", "")]
    [InlineData("user_id = 'ann'", "", "a")]
    [InlineData("(params.model = 'gbt' OR params.model = 'GBT') AND NOT status = 'FAILED'", "", "a")]
    [InlineData("run_name != ''", "metrics.auc", "c b a d e")]
    [InlineData("run_name != ''", "metrics.auc DESC", "a b c d e")]
    [InlineData("run_name != ''", "metrics.loss.min DESC", "a b e d c")]
    [InlineData("run_name != ''", "metrics.loss.count DESC, metrics.auc", "b a c d e")]
    [InlineData("run_name != ''", "params.model, start_time", "c a b d e")]
    [InlineData("run_name != ''", "params.model DESC", "b a c e d")]
    [InlineData("run_name != ''", "tags.owner DESC, run_name DESC", "b c a e d")]
    [InlineData("run_name != ''", "duration", "d c a b e")]
    [InlineData("run_name != ''", "status, run_name", "c a b d e")]
    [InlineData("run_name != ''", "experiment DESC, start_time", "b d e a c")]
    [InlineData("run_name != ''", "end_time DESC, artifact_uri", "b a d c e")]
    [InlineData("run_name != ''", "run_id", "a b c d e")]
    public async Task A_filter_and_an_order_find_what_they_say(string filter, string order, string found)
    {
        var (store, reader) = await CreateAsync();
        await AddFiveAsync(store);
        var query = new RunQuery { Filter = RunFilter.Parse(filter), OrderBy = RunOrder.Parse(order) };

        Assert.Equal(found, string.Join(' ', (await reader.QueryAsync(query)).Runs.Select(run => run.Info.Name)));
        Assert.Equal(found, string.Join(' ', (await PagesAsync(reader, query with { Limit = 2 })).Select(run => run.Info.Name)));
    }

    [Fact]
    public async Task A_found_run_has_its_values()
    {
        var (store, reader) = await CreateAsync();
        await AddFiveAsync(store);
        var run = Assert.Single((await reader.QueryAsync(new RunQuery { Filter = RunFilter.Parse("run_name = 'a'") })).Runs);
        var details = (await reader.FindAsync(run.Id))!;

        Assert.Equal(details.Info, run.Info);
        Assert.Equal(details.Parameters, run.Parameters);
        Assert.Equal(details.Metrics, run.Metrics);
        Assert.Equal(details.Tags, run.Tags);
        Assert.Equal(details.Inputs, run.Inputs);
        Assert.Equal(1, run.Metrics["loss"].Value);
    }

    [Fact]
    public async Task A_query_filters_by_experiment_status_and_parent()
    {
        var (store, reader) = await CreateAsync();
        var parent = await AddAsync(store, 1);
        await store.CreateAsync(Info(2) with { Parent = parent, Experiment = "other" }, Snapshot());
        await store.UpdateAsync(Id(2), new RunUpdate { Status = RunStatus.Failed, Failure = "boom", EndedAt = _start });

        Assert.Equal(Id(2), Assert.Single((await reader.QueryAsync(new RunQuery { Parent = parent })).Runs).Id);
        Assert.Equal(Id(2), Assert.Single((await reader.QueryAsync(new RunQuery { Experiment = "other" })).Runs).Id);
        var failed = Assert.Single((await reader.QueryAsync(new RunQuery { Status = RunStatus.Failed })).Runs).Info;
        Assert.Equal("boom", failed.Failure);
        Assert.Equal(_start, failed.EndedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("metrics.auc DESC")]
    [InlineData("metrics.auc, params.group DESC")]
    [InlineData("params.group")]
    [InlineData("duration, tags.none")]
    public async Task Pages_neither_skip_nor_repeat_while_runs_arrive(string order)
    {
        var (store, reader) = await CreateAsync();
        for (var i = 1; i <= 25; i++)
        {
            await AddWithMetricAsync(store, i);
        }

        var query = new RunQuery { Limit = 4, OrderBy = RunOrder.Parse(order) };
        var expected = (await reader.QueryAsync(query with { Limit = 100 })).Runs.Select(run => run.Id).ToList();
        var seen = new List<RunId>();
        var next = 26;
        do
        {
            var page = await reader.QueryAsync(query);
            seen.AddRange(page.Runs.Select(run => run.Id));
            query = query with { PageToken = page.NextPageToken };
            for (var i = 0; i < 3; i++)
            {
                await AddWithMetricAsync(store, next++);
            }
        }
        while (query.PageToken is not null && next < 500);

        Assert.Equal(expected, seen.Where(id => expected.Contains(id)));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Newest_first_is_the_order_of_a_query_that_asks_for_none_and_the_last_page_has_no_token()
    {
        var (store, reader) = await CreateAsync();
        for (var i = 1; i <= 6; i++)
        {
            await store.CreateAsync(Info(i) with { StartedAt = _start.AddSeconds(i % 3) }, Snapshot());
        }

        var query = new RunQuery { Limit = 3 };
        var first = await reader.QueryAsync(query);
        var second = await reader.QueryAsync(query with { PageToken = first.NextPageToken });

        Assert.Equal([Id(5), Id(2), Id(4), Id(1), Id(6), Id(3)], first.Runs.Concat(second.Runs).Select(run => run.Id));
        Assert.Null(second.NextPageToken);
    }

    [Fact]
    public async Task A_token_of_another_query_is_refused()
    {
        var (store, reader) = await CreateAsync();
        await AddAsync(store, 1);
        await AddAsync(store, 2);
        var token = (await reader.QueryAsync(new RunQuery { Limit = 1 })).NextPageToken;

        var error = await Assert.ThrowsAsync<MlOpsException>(() => reader.QueryAsync(new RunQuery { Experiment = "e", PageToken = token }));
        Assert.Equal(ErrorCodes.InvalidPageToken, error.Code);
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task Hostile_texts_are_found_as_they_are(string text)
    {
        var (store, reader) = await CreateAsync();
        var run = await AddAsync(store, 1);
        await AddAsync(store, 2);
        await store.AppendAsync(
            run, 0, new[] { RunEvent.Tag(text, text), RunEvent.Parameter(text, text), RunEvent.Metric(text, 1), RunEvent.Input(text, text) });

        foreach (var condition in new RunCondition[]
        {
            new(RunField.Tag(text), RunOperator.Equal, text), new(RunField.Parameter(text), RunOperator.In, "a", text),
            new(RunField.Metric(text), RunOperator.Equal, 1.0), new(RunField.Tag(text), RunOperator.Like, "%"),
            new(RunField.Dataset("context"), RunOperator.Equal, text), new(RunField.Tag(text), RunOperator.IsNotNull),
        })
        {
            foreach (var order in new[] { RunField.Metric(text), RunField.Tag(text) })
            {
                var query = new RunQuery { Filter = condition, OrderBy = [new RunOrder(order)] };
                Assert.Equal(run, Assert.Single((await reader.QueryAsync(query)).Runs).Id);
            }
        }

        Assert.Empty((await reader.QueryAsync(new RunQuery { Filter = new RunCondition(RunField.Tag(text), RunOperator.Equal, text + "'") })).Runs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_filters_and_orders_find_what_their_evaluation_in_memory_finds(int seed)
    {
        var (store, reader) = await CreateAsync();
        var reference = new InMemoryRunStore();
        var random = new RandomRuns(seed);
        foreach (var (info, batches, update) in random.Runs(60))
        {
            foreach (var target in new IRunStore[] { store, reference })
            {
                await target.CreateAsync(info, Snapshot());
                var sequence = 0;
                foreach (var batch in batches)
                {
                    await target.AppendAsync(info.Id, sequence, batch);
                    sequence += batch.Length;
                }

                await target.UpdateAsync(info.Id, update);
            }
        }

        for (var i = 0; i < 250; i++)
        {
            var query = random.Query();
            var expected = await PagesAsync(reference, query with { Limit = 1000 });
            var found = await PagesAsync(reader, query with { Limit = random.Limit() });
            Assert.True(
                expected.Select(run => run.Info).SequenceEqual(found.Select(run => run.Info)),
                $"{query.Filter} by {string.Join(", ", query.OrderBy)}: {string.Join(' ', expected.Select(run => run.Info.Name))} expected, "
                + $"{string.Join(' ', found.Select(run => run.Info.Name))} found");
        }
    }

    [Fact]
    public async Task The_largest_filter_that_may_be_written_is_answered()
    {
        var (store, reader) = await CreateAsync();
        await AddFiveAsync(store);
        var wide = string.Join(" OR ", Enumerable.Range(0, RunFilter.MaximumConditions).Select(i => $"metrics.m{i} = 1")) + " OR run_name = 'a'";
        wide = wide[(wide.IndexOf(" OR ", StringComparison.Ordinal) + 4)..];
        var deep = string.Concat(Enumerable.Repeat("NOT ", RunFilter.MaximumDepth - 2)) + "run_name = 'a'";
        var list = $"run_name IN ({string.Join(", ", Enumerable.Repeat("'x'", 9_900))}, 'a')";
        foreach (var filter in new[] { wide, deep, list })
        {
            Assert.Equal("a", Assert.Single((await reader.QueryAsync(new RunQuery { Filter = RunFilter.Parse(filter) })).Runs).Info.Name);
        }
    }

    private static async Task<List<RunSummary>> PagesAsync(IRunReader reader, RunQuery query)
    {
        var found = new List<RunSummary>();
        do
        {
            var page = await reader.QueryAsync(query);
            Assert.True(page.Runs.Count <= query.Limit);
            found.AddRange(page.Runs);
            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
        return found;
    }

    private static async Task AddWithMetricAsync(IRunStore store, int number)
    {
        await store.CreateAsync(Info(number) with { StartedAt = _start.AddSeconds(number / 4) }, Snapshot());
        var events = new List<RunEvent> { RunEvent.Parameter("group", $"g{number % 3}") };
        if (number % 5 != 0)
        {
            events.Add(RunEvent.Metric("auc", number % 7 == 0 ? double.NaN : number * 37 % 11) with { Timestamp = _start });
        }

        await store.AppendAsync(Id(number), 0, events.ToArray());
    }

    private static async Task AddFiveAsync(IRunStore store)
    {
        await AddAsync(1, "a", "one", RunStatus.Finished, 60, Metrics("loss", 3, 2, 1), Metrics("auc", 0.9), Values("model", "gbt", "lr", "0.001"),
            [RunEvent.Tag("owner", "ann"), RunEvent.Tag("mlflow.user", "ann"), RunEvent.Input("training", "flights@3 sha256:abcd")]);
        await AddAsync(2, "b", "two", RunStatus.Finished, 120, Metrics("loss", 4, double.NaN, 0.1), Metrics("auc", 0.85), Values("model", "linear", "lr", "1e-3"),
            [RunEvent.Tag("owner", "jörg"), RunEvent.Input("test", "flights@4 sha256:ef"), RunEvent.Input("training", "weather")]);
        await AddAsync(3, "c", "one", RunStatus.Failed, 1, Metrics("loss.min", 7), Metrics("auc", 0.5), Values("model", "GBT", "lr", "0.1"),
            [RunEvent.Tag("owner", "bob")]);
        await AddAsync(4, "d", "two", RunStatus.Lost, 0.5, Metrics("auc", double.NaN), Values("lr", "auto"), [], []);
        await AddAsync(5, "e", "two", RunStatus.Running, null, Metrics("other", 1), [], [], []);

        async Task AddAsync(int number, string name, string experiment, RunStatus status, double? seconds, params RunEvent[][] events)
        {
            var started = _start.AddSeconds(number);
            var info = Info(number) with { Name = name, Experiment = experiment, StartedAt = started, Parent = name == "d" ? Id(1) : null };
            await store.CreateAsync(info, Snapshot());
            await store.AppendAsync(Id(number), 0, events.SelectMany(batch => batch).ToArray());
            await store.UpdateAsync(Id(number), new RunUpdate
            {
                Status = status,
                EndedAt = seconds is { } took ? started.AddSeconds(took) : null,
                Failure = status == RunStatus.Failed ? "Out of Memory" : null,
            });
        }

        static RunEvent[] Metrics(string name, params double[] values) =>
            [.. values.Select((value, step) => RunEvent.Metric(name, value, step) with { Timestamp = _start })];

        static RunEvent[] Values(params string[] pairs) => [.. pairs.Chunk(2).Select(pair => RunEvent.Parameter(pair[0], pair[1]))];
    }
}
