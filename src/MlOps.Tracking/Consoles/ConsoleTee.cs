using System.Text;

namespace MlOps.Tracking;

/// <summary>Passes what the process writes to its console on, and gives it to all logs that are open.</summary>
/// <remarks>
/// It stands in the console's place while a log is open and takes itself away after the last. Which run wrote a line cannot be known: each
/// log has all that the process wrote while it was open. What child processes and native code write does not pass here.
/// </remarks>
internal sealed class ConsoleTee : TextWriter
{
    private static readonly Lock _gate = new();
    private static ConsoleLog[] _logs = [];
    private static (TextWriter Before, TextWriter Installed)? _output;
    private static (TextWriter Before, TextWriter Installed)? _error;

    private readonly TextWriter _inner;

    private ConsoleTee(TextWriter inner) => _inner = inner;

    public override Encoding Encoding => _inner.Encoding;

    public static void Open(ConsoleLog log)
    {
        lock (_gate)
        {
            if (_logs.Length == 0)
            {
                _output ??= Install(Console.Out, Console.SetOut, static () => Console.Out);
                _error ??= Install(Console.Error, Console.SetError, static () => Console.Error);
            }

            _logs = [.. _logs, log];
        }
    }

    public static void Close(ConsoleLog log)
    {
        lock (_gate)
        {
            _logs = [.. _logs.Where(open => open != log)];
            if (_logs.Length == 0)
            {
                _output = Restore(_output, Console.Out, Console.SetOut);
                _error = Restore(_error, Console.Error, Console.SetError);
            }
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        _inner.Write(buffer);
        foreach (var log in _logs)
        {
            log.Add(buffer);
        }
    }

    public override void Flush() => _inner.Flush();

    private static (TextWriter Before, TextWriter Installed) Install(TextWriter before, Action<TextWriter> set, Func<TextWriter> get)
    {
        set(new ConsoleTee(before));

        // The console wraps what it is given.
        return (before, get());
    }

    // Where another writer was put on top meanwhile, this one stays below it and only passes on.
    private static (TextWriter Before, TextWriter Installed)? Restore(
        (TextWriter Before, TextWriter Installed)? state, TextWriter present, Action<TextWriter> set)
    {
        if (state is not { } installed || !ReferenceEquals(installed.Installed, present))
        {
            return state;
        }

        set(installed.Before);
        return null;
    }
}
