using System.Globalization;

namespace MlOps.Tracking;

/// <summary>Reads filters by recursive descent; the depth is counted, so that no text can exhaust the stack.</summary>
internal sealed class RunFilterParser
{
    private readonly RunFilterScanner _scanner;
    private int _depth;
    private int _conditions;
    private int _values;

    public RunFilterParser(string text)
    {
        if (text.Length > RunFilter.MaximumLength)
        {
            throw new MlOpsException(
                ErrorCodes.InvalidFilter,
                string.Create(
                    CultureInfo.InvariantCulture, $"The filter has {text.Length:N0} characters; at most {RunFilter.MaximumLength:N0} are read."));
        }

        _scanner = new RunFilterScanner(text, "filter");
    }

    public RunFilter ParseFilter()
    {
        var filter = Any();
        return _scanner.AtEnd() ? filter : throw _scanner.Wrong(_scanner.Position, _scanner.Next(), "AND, OR or the end");
    }

    private RunFilter Any()
    {
        var operands = new List<RunFilter> { All() };
        while (_scanner.Take("OR"))
        {
            operands.Add(All());
        }

        return operands.Count == 1 ? operands[0] : new RunFilterAny(operands);
    }

    private RunFilter All()
    {
        var operands = new List<RunFilter> { Operand() };
        while (_scanner.Take("AND"))
        {
            operands.Add(Operand());
        }

        return operands.Count == 1 ? operands[0] : new RunFilterAll(operands);
    }

    private RunFilter Operand()
    {
        _scanner.AtEnd();
        var start = _scanner.Position;
        if (++_depth > RunFilter.MaximumDepth)
        {
            throw _scanner.Wrong(start, $"NOT and parentheses are nested more than {RunFilter.MaximumDepth} deep here", "fewer levels");
        }

        RunFilter filter;
        if (_scanner.Take("NOT"))
        {
            filter = new RunFilterNot(Operand());
        }
        else if (_scanner.Take('('))
        {
            filter = Any();
            if (!_scanner.Take(')'))
            {
                throw _scanner.Wrong(_scanner.Position, _scanner.Next(), $"')' for the parenthesis at position {start + 1}");
            }
        }
        else
        {
            filter = Condition();
        }

        _depth--;
        return filter;
    }

    private RunCondition Condition()
    {
        var field = RunFieldParser.Read(_scanner);
        _scanner.AtEnd();
        var position = _scanner.Position;
        if (++_conditions > RunFilter.MaximumConditions)
        {
            throw _scanner.Wrong(
                position, $"The filter has more than {RunFilter.MaximumConditions} conditions", "fewer, or IN for many values of one field");
        }

        var comparison = Operator(field);
        var starts = new List<int>();
        var values = new List<RunLiteral>();
        if (RunOperators.IsList(comparison))
        {
            ReadList(starts, values);
        }
        else if (!RunOperators.IsNull(comparison))
        {
            ReadLiteral(starts, values);
        }

        var kept = values.ToArray();
        return RunConditionRules.Problem(field, comparison, kept) is { } problem
            ? throw _scanner.Wrong(problem.Value < 0 ? position : starts[problem.Value], problem.Message, problem.Expected)
            : new RunCondition(field, comparison, kept);
    }

    private RunOperator Operator(RunField field)
    {
        if (_scanner.TakeOperator() is { } mark)
        {
            return mark switch
            {
                "=" => RunOperator.Equal,
                "!=" => RunOperator.NotEqual,
                "<" => RunOperator.Less,
                "<=" => RunOperator.LessOrEqual,
                ">" => RunOperator.Greater,
                _ => RunOperator.GreaterOrEqual,
            };
        }

        if (_scanner.Take("IS"))
        {
            var not = _scanner.Take("NOT");
            return !_scanner.Take("NULL")
                ? throw _scanner.Wrong(_scanner.Position, _scanner.Next(), not ? "NULL" : "NULL or NOT NULL")
                : not ? RunOperator.IsNotNull : RunOperator.IsNull;
        }

        var negated = _scanner.Take("NOT");
        if (_scanner.Take("LIKE"))
        {
            return negated ? RunOperator.NotLike : RunOperator.Like;
        }

        if (_scanner.Take("ILIKE"))
        {
            return negated ? RunOperator.NotILike : RunOperator.ILike;
        }

        if (_scanner.Take("IN"))
        {
            return negated ? RunOperator.NotIn : RunOperator.In;
        }

        throw _scanner.Wrong(
            _scanner.Position, _scanner.Next(),
            negated
                ? "LIKE, ILIKE or IN"
                : $"an operator after {RunFilterScanner.Shown(field.ToString())}: =, !=, <, <=, >, >=, LIKE, ILIKE, IN or IS");
    }

    private void ReadList(List<int> starts, List<RunLiteral> values)
    {
        if (!_scanner.Take('('))
        {
            throw _scanner.Wrong(_scanner.Position, _scanner.Next(), "a list such as ('a', 'b')");
        }

        do
        {
            ReadLiteral(starts, values);
        }
        while (_scanner.Take(','));
        if (!_scanner.Take(')'))
        {
            throw _scanner.Wrong(_scanner.Position, _scanner.Next(), "',' or ')'");
        }
    }

    private void ReadLiteral(List<int> starts, List<RunLiteral> values)
    {
        _scanner.AtEnd();
        starts.Add(_scanner.Position);
        if (++_values > RunFilter.MaximumValues)
        {
            throw _scanner.Wrong(_scanner.Position, $"The filter has more than {RunFilter.MaximumValues} values", "fewer");
        }

        if (_scanner.TakeQuoted("'\"") is { } text)
        {
            values.Add(text);
        }
        else if (_scanner.TakeNumber() is { } number)
        {
            values.Add(number);
        }
        else
        {
            throw _scanner.Wrong(_scanner.Position, _scanner.Next(), "a number, or a text in quotes such as 'abc'");
        }
    }
}
