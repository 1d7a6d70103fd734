using System.Globalization;
using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>Reads one page of a search.</summary>
internal sealed class SqlRunSearch
{
    private readonly RunQuery _query;
    private readonly SqlDialect _dialect;
    private readonly IReadOnlyList<RunOrder> _order;
    private readonly IReadOnlyList<RunSortValue>? _after;
    private readonly List<RunId> _found = [];
    private RunSortValue[] _last = [];

    public SqlRunSearch(RunQuery query, SqlDialect dialect)
    {
        _query = query;
        _dialect = dialect;
        _order = RunOrder.Complete(query.OrderBy);
        _after = RunCursor.Read(query);
    }

    public RunPage Read(SqlSession sql)
    {
        if (SqlRunCandidates.Find(sql, _query.Filter, _dialect) is { } few)
        {
            Read(sql, SqlRunSource.All, few);
        }
        else if (_order[0].Field is { Kind: RunFieldKind.Attribute })
        {
            Read(sql, SqlRunSource.All, null);
        }
        else
        {
            ReadByFirstKey(sql, _order[0].Field);
        }

        var hasMore = _found.Count > _query.Limit;
        if (hasMore)
        {
            _found.RemoveAt(_query.Limit);
        }

        return new RunPage { Runs = SqlRunSummaries.Read(sql, _found), NextPageToken = hasMore ? RunCursor.ToToken(_query, _last) : null };
    }

    // The runs with a value by its index, then those with NaN, then those without: each only when the page is not full.
    private void ReadByFirstKey(SqlSession sql, RunField field)
    {
        var first = _after?[0].Rank ?? 0;
        for (var rank = first; rank <= 2 && _found.Count <= _query.Limit; rank++)
        {
            if (rank != 1 || field.Kind == RunFieldKind.Metric)
            {
                Read(sql, new SqlRunSource(field, rank), null);
            }
        }
    }

    private void Read(SqlSession sql, SqlRunSource source, RunCondition? few)
    {
        var parameters = new SqlParameters();
        var keys = _order.Select((key, i) => SqlRunKey.Of(
            key, string.Create(CultureInfo.InvariantCulture, $"k{i}"), source, _dialect, parameters)).ToArray();
        var (from, isOf) = few is null
            ? From(source, parameters)
            : ($"({SqlRunCandidates.Write(few, _dialect, parameters)}) f CROSS JOIN runs r", "r.id = f.run_id");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT r.id, {string.Join(", ", keys.Select(key => key.Columns))} FROM {from}{string.Concat(keys.Select(key => key.Join))}
            WHERE {string.Join(" AND ", Conditions(source, keys, parameters).Prepend(isOf))}
            ORDER BY {string.Join(", ", keys.SelectMany(key => key.OrderTerms()))} LIMIT {_query.Limit + 1 - _found.Count}
            """);
        sql.ListOnce(
            text,
            row =>
            {
                _found.Add(new RunId(row.Text(0)));
                if (_found.Count == _query.Limit)
                {
                    _last = [.. keys.Select((key, i) => key.Read(row, 1 + (2 * i), source))];
                }

                return true;
            },
            parameters.Values);
    }

    // CROSS JOIN is what keeps SQLite to the order of the tables.
    private static (string From, string IsOf) From(SqlRunSource source, SqlParameters parameters)
    {
        if (source.Field is not { } field)
        {
            return ("runs r", "1 = 1");
        }

        var table = SqlRunFields.Table(field);
        if (source.Rank == 2)
        {
            return (
                "runs r",
                $"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.run_id = r.id AND {SqlRunFields.IsOf(field, "x", parameters)})");
        }

        var isNaN = field.Kind == RunFieldKind.Metric
            ? $" AND o.{SqlRunFields.MetricColumn(field)} IS {(source.Rank == 1 ? "" : "NOT ")}NULL"
            : "";
        return ($"{table} o CROSS JOIN runs r", $"r.id = o.run_id AND {SqlRunFields.IsOf(field, "o", parameters)}{isNaN}");
    }

    private IEnumerable<string> Conditions(SqlRunSource source, SqlRunKey[] keys, SqlParameters parameters)
    {
        if (_query.Experiment is { } experiment)
        {
            yield return $"r.experiment = {parameters.Add(experiment)}";
        }

        if (_query.Status is { } status)
        {
            yield return $"r.status = {parameters.Add((int)status)}";
        }

        if (_query.Parent is { } parent)
        {
            yield return $"r.parent = {parameters.Add(parent.Value)}";
        }

        if (_query.Filter is { } filter)
        {
            yield return new SqlRunFilter(_dialect, parameters, source).Write(filter);
        }

        // Past the part of the first key in which the place lies, every row comes after it.
        if (_after is not null && (source.Field is null || source.Rank == _after[0].Rank))
        {
            string? after = null;
            for (var i = keys.Length - 1; i >= 0; i--)
            {
                after = keys[i].IsAfter(_after[i], after, parameters);
            }

            yield return after!;
        }
    }
}
