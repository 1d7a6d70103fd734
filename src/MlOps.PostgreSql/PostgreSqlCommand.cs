using Npgsql;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>A command for values of certain kinds.</summary>
internal sealed class PostgreSqlCommand : IDisposable
{
    private readonly SqlValueKind[] _kinds;
    private readonly NpgsqlCommand _command;

    public PostgreSqlCommand(NpgsqlConnection connection, PostgreSqlText text, ReadOnlySpan<SqlValue> values)
    {
        _kinds = new SqlValueKind[text.Numbers.Length];
        for (var slot = 0; slot < _kinds.Length; slot++)
        {
            _kinds[slot] = values[text.Numbers[slot]].Kind;
        }

        // Npgsql keeps one prepared statement for a text: texts of different kinds must differ.
        var kinds = string.Concat(_kinds.Select(kind => kind.ToString()[0]));
#pragma warning disable CA2100 // The text is the stores' own; values are parameters.
        _command = new NpgsqlCommand($"{text.Sql} /* {kinds} */", connection);
#pragma warning restore CA2100
        foreach (var kind in _kinds)
        {
            _command.Parameters.Add(PostgreSqlParameters.Create(kind));
        }
    }

    public bool Takes(int[] numbers, ReadOnlySpan<SqlValue> values)
    {
        for (var slot = 0; slot < _kinds.Length; slot++)
        {
            if (_kinds[slot] != values[numbers[slot]].Kind)
            {
                return false;
            }
        }

        return true;
    }

    public NpgsqlDataReader Run(int[] numbers, ReadOnlySpan<SqlValue> values)
    {
        for (var slot = 0; slot < _kinds.Length; slot++)
        {
            PostgreSqlParameters.Set(_command.Parameters[slot], in values[numbers[slot]]);
        }

        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();
}
